"use strict";(self.rspackChunkfirst_descent=self.rspackChunkfirst_descent||[]).push([[1],{24(o,e,r){var t=r(25),a=r.n(t),n=r(26),d=(r.n(n))()(a());d.push([o.id,`/* The course map, and what is added to lessons. Colors are JupyterLab's, so that they follow the theme. */

.fd-panel {
  overflow: auto;
  min-width: 210px;
  background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
}

.fd-map {
  display: flex;
  flex-direction: column;
  min-height: 100%;
  font-size: var(--jp-ui-font-size1);
  line-height: 1.4;
}

.fd-map ul,
.fd-map ol {
  margin: 0;
  padding: 0;
  list-style: none;
}

.fd-map .fd-header {
  padding: 14px 14px 12px;
}

.fd-map h2 {
  margin: 0;
  font-size: 15px;
  font-weight: 600;
}

.fd-map p {
  margin: 0;
}

.fd-map .fd-sum {
  display: flex;
  justify-content: space-between;
  margin: 4px 0 7px;
}

.fd-busy {
  visibility: hidden;
  color: var(--jp-ui-font-color2);
}

.fd-on {
  visibility: visible;
}

.fd-map progress {
  display: block;
  width: 100%;
  height: 4px;
  appearance: none;
  border: 0;
  border-radius: 2px;
  overflow: hidden;
  background: var(--jp-layout-color3);
}

.fd-map progress::-webkit-progress-bar {
  background: var(--jp-layout-color3);
}

.fd-map progress::-webkit-progress-value {
  background: var(--jp-success-color1);
  transition: width 0.4s;
}

.fd-map progress::-moz-progress-bar {
  background: var(--jp-success-color1);
}

.fd-map .fd-problem {
  margin: 0 14px 10px;
  color: var(--jp-error-color1);
}

/* -- buttons ------------------------------------------------------------------------------------ */

.fd-map button,
.fd-status,
.fd-saved-note button,
.fd-end button,
.fd-below button {
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  text-align: left;
  cursor: pointer;
}

.fd-map button:focus-visible,
.fd-map summary:focus-visible,
.fd-status:focus-visible,
.fd-saved-note button:focus-visible,
.fd-end button:focus-visible,
.fd-below button:focus-visible {
  outline: 2px solid var(--jp-brand-color1);
  outline-offset: -2px;
}

.fd-map button:hover,
.fd-map summary:hover {
  background: var(--jp-layout-color2);
}

.fd-help-row button,
.fd-saved-note button,
.fd-end button,
.fd-below button,
.fd-map .fd-next {
  padding: 3px 10px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 4px;
}

.fd-map button.fd-main,
.fd-saved-note button.fd-main,
.fd-end button.fd-main {
  border-color: transparent;
  background: var(--fd-main);
  color: #fff;
}

.fd-map button.fd-main:hover {
  background: var(--fd-main-hover);
}

body {
  --fd-main: #1565c0;
  --fd-main-hover: #0d47a1;
  --fd-pass: #1b6e2f;
  --fd-fail: #a83a00;
}

body[data-jp-theme-light='false'] {
  --fd-pass: #81c784;
  --fd-fail: #ffb074;
}

/* -- the map ------------------------------------------------------------------------------------ */

.fd-greeting {
  margin: 0 14px 12px;
  padding: 10px 12px;
  border-left: 3px solid var(--fd-main);
  background: var(--jp-layout-color2);
}

.fd-greeting p + p {
  margin-top: 5px;
}

.fd-help-row {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
  margin-top: 8px;
}

.fd-lessons {
  flex: 1;
}

.fd-map .fd-head {
  display: flex;
  gap: 9px;
  align-items: center;
  width: 100%;
  padding: 7px 14px;
}

.fd-here > .fd-head {
  box-shadow: inset 3px 0 var(--fd-main);
  font-weight: 600;
}

.fd-title {
  flex: 1;
}

.fd-count,
.fd-aside {
  flex: none;
  color: var(--jp-ui-font-color2);
  font-size: 11px;
  font-weight: 400;
  font-variant-numeric: tabular-nums;
}

.fd-ring {
  flex: none;
  width: 18px;
  height: 18px;
  fill: none;
  stroke: var(--jp-border-color1);
  stroke-width: 2.6;
}

.fd-ring .fd-ring-done,
.fd-ring path {
  stroke: var(--fd-pass);
  stroke-linecap: round;
}

.fd-inside {
  padding-bottom: 8px;
}

.fd-map .fd-exercise {
  display: flex;
  gap: 8px;
  align-items: baseline;
  width: 100%;
  padding: 4px 14px 4px 19px;
}

.fd-at {
  background: var(--jp-layout-color2);
}

.fd-name {
  flex: 1;
  min-width: 0;
  font-family: var(--jp-code-font-family);
  font-size: 12px;
  line-height: 1.35;
}

.fd-mark {
  flex: none;
  box-sizing: border-box;
  width: 8px;
  height: 8px;
  border: 1.5px solid var(--jp-ui-font-color2);
  border-radius: 50%;
}

.fd-failing .fd-mark {
  border-color: var(--fd-fail);
  background: linear-gradient(90deg, var(--fd-fail) 50%, transparent 50%);
}

.fd-passed .fd-mark {
  width: 6px;
  height: 11px;
  margin-right: 2px;
  border-width: 0 2px 2px 0;
  border-color: var(--fd-pass);
  border-radius: 0;
  transform: rotate(42deg) translateY(1px);
}

.fd-mark.fd-checking {
  animation: fd-checking 1s infinite alternate;
}

@keyframes fd-checking {
  to {
    opacity: 0.2;
  }
}

.fd-failing .fd-aside {
  color: var(--fd-fail);
}

.fd-help {
  padding: 0 14px 8px 35px;
}

.fd-help .fd-help-row {
  margin-top: 2px;
}

.fd-help .fd-help-row button {
  padding: 1px 8px;
  background: var(--jp-layout-color1);
  font-size: 12px;
}

.fd-help ol {
  counter-reset: hint;
}

.fd-help li {
  margin-top: 7px;
  counter-increment: hint;
}

.fd-help li::before {
  content: counter(hint) '. ';
  font-weight: 600;
}

.fd-challenges {
  padding: 4px 14px 4px 19px;
  color: var(--jp-ui-font-color2);
}

.fd-challenges summary {
  cursor: pointer;
}

.fd-challenges li {
  padding: 2px 0 2px 16px;
}

.fd-map .fd-link {
  padding: 4px 14px 4px 19px;
  color: var(--jp-content-link-color);
  text-decoration: underline;
}

.fd-map .fd-footer {
  position: sticky;
  bottom: 0;
  padding: 12px 14px;
  background: var(--jp-layout-color1);
}

.fd-map .fd-next {
  width: 100%;
  padding: 7px 10px;
  text-align: center;
}

.fd-status {
  height: 100%;
  padding: 0 4px;
  line-height: inherit;
  vertical-align: top;
}

.fd-unseen {
  position: absolute;
  overflow: hidden;
  width: 1px;
  height: 1px;
  clip-path: inset(50%);
}

/* -- lessons ------------------------------------------------------------------------------------ */

/* Prose and cards keep a width that can be read, also where the module's tab is closed. */
.fd-notebook .jp-MarkdownOutput,
.fd-notebook .jp-RenderedMarkdown {
  max-width: 46rem;
}

.jp-Toolbar-item[data-jp-item-name='first-descent:sides'] svg {
  margin-right: 4px;
}

.fd-notebook .jp-Cell {
  position: relative;
}

.fd-cell-mark {
  position: absolute;
  z-index: 1;
  top: -7px;
  right: 14px;
  padding: 0 8px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 9px;
  background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
  font: 11px/16px var(--jp-ui-font-family);
  pointer-events: none;
}

.fd-cell-mark.fd-passed {
  border-color: currentcolor;
  color: var(--fd-pass);
}

.fd-cell-mark.fd-failing {
  border-color: currentcolor;
  color: var(--fd-fail);
}

.fd-card {
  padding: 0 !important;
}

.fd-below {
  margin: 4px 2px;
  color: var(--jp-ui-font-color1);
  font: 12px/1.5 var(--jp-ui-font-family);
}

/* JupyterLab lays this out by its least height, so that it has one line. */
.fd-saved-note {
  display: flex;
  gap: 8px;
  align-items: center;
  box-sizing: border-box;
  min-height: 38px;
  overflow: hidden;
  padding: 0 12px;
  border-bottom: 1px solid var(--jp-border-color2);
  background: var(--jp-layout-color2);
  color: var(--jp-ui-font-color1);
  font: var(--jp-ui-font-size1) / 1.2 var(--jp-ui-font-family);
}

.fd-saved-note span {
  flex: 1;
}

.fd-saved-note button {
  flex: none;
}

/* Cards are shown as they are now. */
.fd-saved .jp-Cell-outputWrapper:not(:has(.fd-card)) {
  position: relative;
}

.fd-saved .jp-Cell-outputWrapper:not(:has(.fd-card))::after {
  content: 'saved earlier';
  position: absolute;
  top: 2px;
  right: 14px;
  padding: 0 8px;
  border-radius: 9px;
  background: var(--jp-layout-color2);
  color: var(--jp-ui-font-color1);
  font: 11px/18px var(--jp-ui-font-family);
}

.fd-end {
  display: flex;
  flex-wrap: wrap;
  gap: 10px;
  align-items: center;
  margin: 24px 14px 40px 64px;
  padding-top: 14px;
  border-top: 1px solid var(--jp-border-color2);
  color: var(--jp-ui-font-color1);
  font: var(--jp-ui-font-size2) / 1.4 var(--jp-ui-font-family);
}

.fd-end p {
  margin: 0;
}

.fd-end button {
  padding: 6px 14px;
}

/* -- pages -------------------------------------------------------------------------------------- */

.fd-page {
  height: 100%;
  box-sizing: border-box;
  overflow: auto;
  padding: 24px 32px 40px;
  background: var(--jp-layout-color1);
  color: var(--jp-content-font-color1);
  font: var(--jp-content-font-size1) / 1.5 var(--jp-content-font-family);
}

.fd-page h1 {
  margin: 0 0 12px;
  font-size: 22px;
  font-weight: 600;
}

.fd-page > p,
.fd-page > ul {
  max-width: 46rem;
}

.fd-page li {
  margin: 6px 0;
}

.fd-comparison {
  width: 100%;
  border-collapse: collapse;
  table-layout: fixed;
}

.fd-comparison th {
  padding: 4px 10px;
  text-align: left;
}

.fd-comparison td {
  padding: 0 10px;
  vertical-align: top;
}

.fd-comparison code {
  font: 12px/1.5 var(--jp-code-font-family);
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}

.fd-differs td {
  border-left: 3px solid var(--fd-main);
  background: var(--jp-layout-color2);
}

.fd-skipped td {
  padding: 3px 10px;
  color: var(--jp-ui-font-color2);
  font-style: italic;
}

@media (prefers-reduced-motion: reduce) {
  .fd-map progress::-webkit-progress-value {
    transition: none;
  }

  .fd-mark.fd-checking {
    animation: none;
  }
}

/* on a telephone, the buttons of a notebook are one row that moves sideways, not two over the text */
@media (max-width: 600px) {
  .fd-notebook .jp-NotebookPanel-toolbar {
    flex-wrap: nowrap;
    overflow-x: auto;
    scrollbar-width: none;
  }
}

.fd-take-away {
  display: flex;
  gap: 4px;
  align-items: center;
  min-width: max-content;
  padding: 0 8px;
}

.fd-take-away button {
  padding: 2px 8px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 3px;
  background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
  font: inherit;
  font-size: var(--jp-ui-font-size1);
  cursor: pointer;
}
`,""]),r.d(e,{},{A:d})},26(o){o.exports=function(o){var e=[];return e.toString=function(){return this.map(function(e){var r="",t=void 0!==e[5];return e[4]&&(r+="@supports (".concat(e[4],") {")),e[2]&&(r+="@media ".concat(e[2]," {")),t&&(r+="@layer".concat(e[5].length>0?" ".concat(e[5]):""," {")),r+=o(e),t&&(r+="}"),e[2]&&(r+="}"),e[4]&&(r+="}"),r}).join("")},e.i=function(o,r,t,a,n){"string"==typeof o&&(o=[[null,o,void 0]]);var d={};if(t)for(var i=0;i<this.length;i++){var p=this[i][0];null!=p&&(d[p]=!0)}for(var f=0;f<o.length;f++){var l=[].concat(o[f]);t&&d[l[0]]||(void 0!==n&&(void 0===l[5]||(l[1]="@layer".concat(l[5].length>0?" ".concat(l[5]):""," {").concat(l[1],"}")),l[5]=n),r&&(l[2]&&(l[1]="@media ".concat(l[2]," {").concat(l[1],"}")),l[2]=r),a&&(l[4]?(l[1]="@supports (".concat(l[4],") {").concat(l[1],"}"),l[4]=a):l[4]="".concat(a)),e.push(l))}},e}},25(o){o.exports=function(o){return o[1]}},17(o,e,r){r.r(e);var t=r(18),a=r.n(t),n=r(19),d=r.n(n),i=r(20),p=r.n(i),f=r(21),l=r.n(f),s=r(22),c=r.n(s),u=r(23),x=r.n(u),g=r(24),m={};m.styleTagTransform=x(),m.setAttributes=l(),m.insert=p().bind(null,"head"),m.domAPI=d(),m.insertStyleElement=c(),a()(g.A,m);let h=g.A&&g.A.locals?g.A.locals:void 0;r.d(e,{},{default:h})},18(o){var e=[];function r(o){for(var r=-1,t=0;t<e.length;t++)if(e[t].identifier===o){r=t;break}return r}function t(o,t){for(var a={},n=[],d=0;d<o.length;d++){var i=o[d],p=t.base?i[0]+t.base:i[0],f=a[p]||0,l="".concat(p," ").concat(f);a[p]=f+1;var s=r(l),c={css:i[1],media:i[2],sourceMap:i[3],supports:i[4],layer:i[5]};if(-1!==s)e[s].references++,e[s].updater(c);else{var u=function(o,e){var r=e.domAPI(e);return r.update(o),function(e){e?(e.css!==o.css||e.media!==o.media||e.sourceMap!==o.sourceMap||e.supports!==o.supports||e.layer!==o.layer)&&r.update(o=e):r.remove()}}(c,t);t.byIndex=d,e.splice(d,0,{identifier:l,updater:u,references:1})}n.push(l)}return n}o.exports=function(o,a){var n=t(o=o||[],a=a||{});return function(o){o=o||[];for(var d=0;d<n.length;d++){var i=r(n[d]);e[i].references--}for(var p=t(o,a),f=0;f<n.length;f++){var l=r(n[f]);0===e[l].references&&(e[l].updater(),e.splice(l,1))}n=p}}},20(o){var e={};o.exports=function(o,r){var t=function(o){if(void 0===e[o]){var r=document.querySelector(o);if(window.HTMLIFrameElement&&r instanceof window.HTMLIFrameElement)try{r=r.contentDocument.head}catch(o){r=null}e[o]=r}return e[o]}(o);if(!t)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");t.appendChild(r)}},22(o){o.exports=function(o){var e=document.createElement("style");return o.setAttributes(e,o.attributes),o.insert(e,o.options),e}},21(o,e,r){o.exports=function(o){var e=r.nc;e&&o.setAttribute("nonce",e)}},19(o){o.exports=function(o){if("u"<typeof document)return{update:function(){},remove:function(){}};var e=o.insertStyleElement(o);return{update:function(r){var t,a,n;t="",r.supports&&(t+="@supports (".concat(r.supports,") {")),r.media&&(t+="@media ".concat(r.media," {")),(a=void 0!==r.layer)&&(t+="@layer".concat(r.layer.length>0?" ".concat(r.layer):""," {")),t+=r.css,a&&(t+="}"),r.media&&(t+="}"),r.supports&&(t+="}"),(n=r.sourceMap)&&"u">typeof btoa&&(t+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(n))))," */")),o.styleTagTransform(t,e,o.options)},remove:function(){var o;null===(o=e).parentNode||o.parentNode.removeChild(o)}}}},23(o){o.exports=function(o,e){if(e.styleSheet)e.styleSheet.cssText=o;else{for(;e.firstChild;)e.removeChild(e.firstChild);e.appendChild(document.createTextNode(o))}}}}]);