/** SPDY/3.1, the framing within which Kubernetes forwards ports. Takes a two-way stream, opens nothing itself. */
export { SpdyConnection, type SpdyOptions } from './connection.js'
export { SpdyError, type SpdyHeaders } from './frame.js'
export { StreamResetError, type SpdyStream } from './stream.js'
