import type { CommandResult } from '../../commands/index.js'

/** A running program. It is the same one as long as number and start are the same. */
export interface RunningProcess {
  readonly pid: number
  /** Clock ticks after the boot. */
  readonly started: number
  /** The pod whose cgroup it is in; of a static pod that is the hash of its manifest. */
  readonly pod?: string
}

/** What a server said. */
export type ServerAnswer =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'no-answer'; readonly reason: string }

/** Where a server is asked: a URL, or a path on a local socket. */
export type HealthUrl = { readonly url: string } | { readonly socket: string; readonly path: string }

/** What systemd says of a unit. */
export interface UnitState {
  /** loaded, not-found, masked, error ... */
  readonly load: string
  /** active, inactive, failed, activating ... */
  readonly active: string
  readonly mainPid: number
}

/** The machine on which services run: what a restart and a health check need of it. */
export interface Machine {
  /** Processes of a program, by the name of the program. */
  processes(component: string): Promise<readonly RunningProcess[]>
  run(words: readonly string[], timeoutMs: number): Promise<CommandResult>
  /** Undefined where systemd does not run this machine. */
  unit(name: string): Promise<UnitState | undefined>
  ask(url: HealthUrl): Promise<ServerAnswer>
  /** The processes that listen on a TCP port; undefined where that cannot be seen. */
  listeners(port: number): Promise<readonly number[] | undefined>
  /** Asks a process to end. */
  end(pid: number): Promise<void>
  wait(ms: number): Promise<void>
}
