import { RampartError } from '../../../model/index.js'

/** The status and the texts of a script that ended. */
export interface HostAnswer {
  /** Exit status; 128 and the signal's number where a signal ended it. */
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface ScriptOptions {
  /** Milliseconds that the script may take; then `HostUnreachable` is thrown. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** The shell of a host, as root. */
export interface HostTransport {
  readonly kind: 'local' | 'ssh'
  /** As people call it: `this host`, `root@10.0.0.4`. */
  readonly name: string
  /**
   * Runs a script of a POSIX shell and gives its status, whatever it is. Throws HostUnreachable when no answer came:
   * the script may have run, in part, or not at all.
   */
  run(script: string, options: ScriptOptions): Promise<HostAnswer>
  close(): void
}

/** A host gave no answer. What was asked may have happened. */
export class HostUnreachable extends RampartError {
  constructor(message: string, cause?: unknown) {
    super('unreachable', message, { cause })
  }
}

/** What a host refuses for good: asking again changes nothing. */
export class HostRefused extends RampartError {
  constructor(message: string, cause?: unknown) {
    super('not-allowed', message, { cause })
  }
}

/** More of an output is not kept; its end says what went wrong. */
const KEPT = 256 * 1024

/** Keeps the end of an output. */
export class OutputEnd {
  private parts: Buffer[] = []
  private size = 0

  add(part: Buffer): void {
    this.parts.push(part)
    this.size += part.length
    while (this.size - (this.parts[0]?.length ?? 0) > KEPT) this.size -= this.parts.shift()?.length ?? 0
  }

  text(): string {
    return Buffer.concat(this.parts).toString('utf8').slice(-KEPT)
  }
}

/**
 * The script as a shell reads it from its standard input: as a whole before any of it runs, and commands inside of it
 * do not read on from it.
 */
export function wholeScript(script: string): string {
  return `{\n${script}\n} </dev/null\n`
}
