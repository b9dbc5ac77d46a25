import type { DockerdView } from '../../effective/index.js'
import type { Command } from '../../model/index.js'

/** One Docker daemon of this machine as it is before anything changes. */
export interface DaemonSeen {
  /** Its settings by the command line that the next start will have; undefined where nothing of a daemon was found. */
  readonly view: DockerdView | undefined
  readonly configFile: string
  /** Undefined: there is no such file. */
  readonly configText: string | undefined
  /** The unit that starts it. */
  readonly unit?: {
    readonly name: string
    readonly masked: boolean
    readonly command?: Command
    /** Names of its drop-ins below /etc/systemd/system. */
    readonly dropIns: readonly string[]
  }
  /** The running process: its id and its start in clock ticks after the boot, which no later process shares. */
  readonly process?: { readonly pid: number; readonly started: number }
  /** Whether systemd runs this machine. */
  readonly systemd: boolean
  readonly version?: string
  /** The text of a file as it is now; undefined where there is none. */
  readonly text: (path: string) => string | undefined
}
