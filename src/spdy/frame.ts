/** Names in lower case; a name may have several values. */
export type SpdyHeaders = ReadonlyMap<string, readonly string[]>

/** A frame of SPDY/3.1. Data may come in pieces; only the last piece of a frame carries its `fin`. */
export type Frame =
  | { readonly type: 'data'; readonly streamId: number; readonly fin: boolean; readonly data: Buffer }
  | {
      readonly type: 'syn-stream'
      readonly streamId: number
      readonly associatedTo: number
      readonly priority: number
      readonly fin: boolean
      readonly unidirectional: boolean
      readonly headers: SpdyHeaders
    }
  | {
      readonly type: 'syn-reply'
      readonly streamId: number
      readonly fin: boolean
      readonly headers: SpdyHeaders
    }
  | {
      readonly type: 'headers'
      readonly streamId: number
      readonly fin: boolean
      readonly headers: SpdyHeaders
    }
  | { readonly type: 'rst-stream'; readonly streamId: number; readonly status: number }
  | { readonly type: 'settings'; readonly clear: boolean; readonly entries: readonly Setting[] }
  | { readonly type: 'ping'; readonly id: number }
  | { readonly type: 'goaway'; readonly lastGoodStreamId: number; readonly status: number }
  | { readonly type: 'window-update'; readonly streamId: number; readonly delta: number }

export interface Setting {
  readonly id: number
  readonly flags: number
  readonly value: number
}

/** Numbers of the control frames. Source: SPDY Protocol, draft 3.1, section 2.6. */
export const CONTROL = {
  'syn-stream': 1,
  'syn-reply': 2,
  'rst-stream': 3,
  settings: 4,
  ping: 6,
  goaway: 7,
  headers: 8,
  'window-update': 9,
} as const

export const VERSION = 3
export const FLAG_FIN = 0x01
export const FLAG_UNIDIRECTIONAL = 0x02
/** The length of a frame has 24 bits. */
export const LARGEST_DATA = 0xff_ff_ff

/** Why a stream was ended by force. Source: SPDY Protocol, draft 3.1, section 2.6.3. */
export const RESET = {
  protocolError: 1,
  invalidStream: 2,
  refusedStream: 3,
  cancel: 5,
  internalError: 6,
} as const

const RESET_NAMES = [
  '',
  'PROTOCOL_ERROR',
  'INVALID_STREAM',
  'REFUSED_STREAM',
  'UNSUPPORTED_VERSION',
  'CANCEL',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'STREAM_IN_USE',
  'STREAM_ALREADY_CLOSED',
  'INVALID_CREDENTIALS',
  'FRAME_TOO_LARGE',
]

/** The name that the specification gives to a status of RST_STREAM. */
export function resetName(status: number): string {
  return RESET_NAMES[status] ?? `status ${status}`
}

/** The other side broke the protocol; nothing more can be read from the connection. */
export class SpdyError extends Error {
  override readonly name = 'SpdyError'
}
