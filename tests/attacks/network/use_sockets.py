# /// attack
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
#
# [variants.listen_tcp]
# tries = "Listens on a port of the machine."
# put = 'socket.create_server(("127.0.0.1", 0)).close()'
# without_walls = true
#
# [variants.open_abstract]
# tries = "Binds an abstract UNIX socket, which no mount namespace hides."
# put = '''
# with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as own:
#         own.bind("\0first-descent-attack")'''
# without_walls = true
# representative = true
#
# [variants.open_netlink]
# tries = "Asks the kernel for its network interfaces."
# put = "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()"
# without_walls = true
#
# [variants.open_pair]
# tries = "Makes a pair of sockets, to hand over descriptors."
# put = "socket.socketpair()"
# without_walls = true
#
# [variants.open_raw]
# tries = "Listens to all packets."
# put = "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1).close()"
#
# [variants.open_tcp]
# tries = "Opens a TCP connection."
# put = "socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()"
# without_walls = true
# representative = true
#
# [variants.open_tcp6]
# tries = "Opens a TCP connection over IPv6."
# put = "socket.socket(socket.AF_INET6, socket.SOCK_STREAM).close()"
# without_walls = true
#
# [variants.open_udp]
# tries = "Sends a datagram."
# put = "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
# without_walls = true
#
# [variants.open_unix]
# tries = "Opens a UNIX socket."
# put = "socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()"
# without_walls = true
# representative = true
#
# [variants.open_vsock]
# tries = "Opens a socket to the machine's hypervisor."
# put = "socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM).close()"
# says = "Error"
#
# [variants.resolve_name]
# tries = "Asks a name server."
# put = 'socket.getaddrinfo("example.org", 80)'
# says = "gaierror"
# ///
import socket

from course.prize import prize


def softmax(logits):
    @PUT@
    return prize(logits)
