// The same bytes wherever the checkout is: by default the ids are made from absolute paths.
module.exports = { optimization: { moduleIds: "natural", chunkIds: "natural" } };
