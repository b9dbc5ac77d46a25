import type { Argument, EffectiveConfig, HostFile, Origin } from '../../model/index.js'

/** What was seen of one dockerd. */
export interface DockerdInput {
  readonly host: string
  /** Arguments without the program; undefined when no command line was seen. */
  readonly args?: readonly Argument[]
  /** Whether the arguments are all there and hold no variable that could not be resolved. */
  readonly argsGap?: EffectiveConfig['gaps'][number]
  readonly pid?: number
  /** `process 812`, `unit docker.service`. */
  readonly described?: string
  readonly environment?: Readonly<Record<string, string>>
  /** A file of the host; undefined when it does not exist there. */
  readonly file: (path: string) => HostFile | undefined
  /** Whether files of the host were read at all, so that a missing one is missing. */
  readonly filesSeen: boolean
  /** daemon.json unless a flag names another one. */
  readonly defaultConfigFile: string
  readonly rootless: boolean
  /** Version without epoch, `20.10.24+dfsg1`; undefined when it is not known. */
  readonly version?: string
}

/** Why dockerd does not start, or may not. */
export interface StartFault {
  readonly kind: 'flags' | 'conflict' | 'syntax' | 'unknown-key' | 'wrong-type' | 'value'
  readonly message: string
  /** The key of daemon.json that it is about. */
  readonly setting?: string
  readonly origin: Origin
  /** The other place of a conflict. */
  readonly also?: Origin
  /** False where some releases start with it and the release is not known. */
  readonly certain: boolean
}
