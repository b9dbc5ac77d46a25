import { rm } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { RampartError, type JsonObject } from '../../model/index.js'
import type { Issued } from '../../pki/index.js'
import { runCommand } from '../commands/index.js'
import { fileStep, folderStep, readBackup, sha256Of } from '../files/index.js'
import type { Step } from '../journal/index.js'
import type { Minted } from './mint-certificates.js'
import { fingerprintOf } from './mint-certificates.js'
import { ownerFor } from './owner-for.js'
import type { DockerTlsPlan } from './docker-tls-plan.js'
import {
  answersOnSocket,
  listensOn,
  probeDaemon,
  servedCertificate,
  type ProbedDaemon,
} from './probe-daemon.js'
import { processStart } from './process-start.js'
import { restartDaemon, waitUntil } from './restart-daemon.js'

/** What the steps need besides the plan. For putting back nothing but the plan and the backups is needed. */
export interface StepContext {
  readonly backups: string
  readonly minted?: Minted
  /** An identity of the authority that goes: it must be refused afterwards. */
  readonly gone?: Issued
  /** How long the daemon may take until it answers, in milliseconds. */
  readonly withinMs: number
  readonly onProbed?: (probed: ProbedDaemon) => void
}

const ROOT = '/'

/**
 * The plan as steps: what is there is noted, files are written, the daemon restarted and probed. Put back, the first step
 * comes last: with every file as it was, the daemon is started again, and must answer.
 */
export function dockerTlsSteps(plan: DockerTlsPlan, context: StepContext): Step[] {
  return [
    ...(plan.restart === undefined ? [] : [daemonStep(plan, context)]),
    ...foldersOf(plan).map((folder) => folderStep({ root: ROOT, ...folder, ...ownerFor(folder.path) })),
    ...plan.files.map((file) => {
      const text = context.minted?.contents.get(file.path) ?? ''
      return fileStep({
        backups: context.backups,
        root: ROOT,
        path: file.path,
        bytes: Buffer.from(text),
        mode: file.mode,
        ...ownerFor(file.path),
        title: `Write ${file.what}: ${file.path}`,
      })
    }),
    ...plan.changes.map(({ path, before, after }) =>
      fileStep({
        backups: context.backups,
        root: ROOT,
        path,
        bytes: Buffer.from(after),
        expect: before === undefined ? 'absent' : sha256Of(Buffer.from(before)),
        ...(before === undefined ? { mode: 0o644 } : {}),
        title: `Write ${path}`,
      }),
    ),
    ...(plan.validate === undefined ? [] : [validateStep(plan.validate)]),
    ...(plan.restart === undefined ? [] : [restartStep(plan, context), probeStep(plan, context)]),
  ]
}

/** Folders of changes that are new (a drop-in's, /etc/docker), and those of the plan, each once. */
function foldersOf(plan: DockerTlsPlan): { readonly path: string; readonly mode: number }[] {
  const wanted = [
    ...plan.folders,
    ...plan.changes.map(({ path }) => ({ path: path.slice(0, path.lastIndexOf('/')) || '/', mode: 0o755 })),
  ]
  const all = wanted.flatMap(({ path, mode }) => {
    const above = parentsOf(path).map((parent) => ({ path: parent, mode: 0o755 }))
    return [...above, { path, mode }]
  })
  // The mode that a plan names for a folder counts, not the one that it would have as a parent.
  const modes = new Map(wanted.map(({ path, mode }) => [path, mode]))
  return [...new Map(all.map(({ path, mode }) => [path, { path, mode: modes.get(path) ?? mode }])).values()]
}

function parentsOf(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '')
  return parts.slice(0, -1).map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)
}

/** Does nothing on the way there; on the way back it makes the daemon that was run again. */
function daemonStep({ daemon }: DockerTlsPlan, { withinMs }: StepContext): Step {
  const { socket, before, restart, process: was } = daemon
  const answers = async (): Promise<boolean> => {
    if (socket !== undefined) return answersOnSocket(socket)
    const open = await Promise.all(before.map(listensOn))
    return open.every(Boolean)
  }
  return {
    id: 'the daemon as it is',
    title: 'Look at the daemon: what answers now must answer again, should anything be put back',
    check() {
      return Promise.resolve({ holds: true })
    },
    async act(): Promise<JsonObject> {
      return { answered: await answers() }
    },
    async undo() {
      // The process of before still runs: it never saw the new files. Where none ran, none is started.
      if (was === undefined || processStart(was.pid) === was.started) return
      const why = await restartDaemon(restart).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      )
      // A restart that complains may have started it all the same.
      if (await waitUntil(answers, { withinMs })) return
      throw new RampartError(
        'not-rolled-back',
        `the files are as they were, but dockerd does not answer${socket === undefined ? '' : ` on ${socket}`} within ${withinMs / 1000} s: ${why ?? 'look at its log'}`,
      )
    },
  }
}

function validateStep(words: readonly string[]): Step {
  let fault: string | undefined = 'not asked yet'
  return {
    id: 'validate',
    title: `Let dockerd check its configuration: ${words.join(' ')}`,
    check() {
      return Promise.resolve(fault === undefined ? { holds: true } : { holds: false, reason: fault })
    },
    async act() {
      const { status, stderr, stdout } = await runCommand(words, { timeoutMs: 30_000 })
      fault =
        status === 0
          ? undefined
          : `dockerd refuses the new configuration: ${(stderr || stdout).trim().slice(-1000)}`
      return undefined
    },
    async undo() {
      // It changed nothing.
    },
  }
}

/** The new process is told from the old one by the certificate that it serves. */
function restartStep({ daemon, restart }: DockerTlsPlan, { minted, withinMs }: StepContext): Step {
  const server = minted?.certificates.get('server')
  return {
    id: 'restart dockerd',
    title: 'Restart dockerd, and wait until it serves the new certificate',
    async check(signal) {
      const wanted = server === undefined ? '' : fingerprintOf(server.cert)
      const served = async (): Promise<boolean> => {
        const all = await Promise.all(daemon.endpoints.map(servedCertificate))
        return all.every((fingerprint) => fingerprint === wanted)
      }
      if (await waitUntil(served, { withinMs, ...(signal === undefined ? {} : { signal }) }))
        return { holds: true }
      const seen = await Promise.all(daemon.endpoints.map(servedCertificate))
      return {
        holds: false,
        reason: seen.some((each) => each !== undefined)
          ? `after ${withinMs / 1000} s dockerd still serves another certificate`
          : `dockerd does not answer over TLS within ${withinMs / 1000} s: it did not come up with the new configuration (see its log)`,
      }
    },
    async act(signal) {
      if (restart !== undefined) await restartDaemon(restart, signal)
      return undefined
    },
    async undo() {
      // The files are not back yet: the first step, which is put back last, starts the daemon again.
    },
  }
}

function probeStep(plan: DockerTlsPlan, context: StepContext): Step {
  const { daemon } = plan
  const { minted } = context
  return {
    id: 'probe dockerd',
    title: 'Ask dockerd by six probes who is let in, and whether it proves its name',
    async check() {
      const [authority, server] = ['authority', 'server'].map((id) => minted?.certificates.get(id))
      const client = minted === undefined ? undefined : probeClient(minted)
      if (authority === undefined || server === undefined || client === undefined)
        return { holds: false, reason: 'there is nothing to probe with' }
      if (daemon.socket !== undefined && !(await answersOnSocket(daemon.socket)))
        return { holds: false, reason: `dockerd no longer answers on the local socket ${daemon.socket}` }
      for (const endpoint of daemon.endpoints) {
        const plain = daemon.before.find(
          (each) => !daemon.endpoints.some((kept) => isDeepStrictEqual(kept, each)),
        )
        const probed = await probeDaemon({ endpoint, plain, authority: authority.cert, client, server })
        context.onProbed?.(probed)
        const wrong = [...probed.six, probed.name].find(({ asExpected }) => !asExpected)
        if (wrong !== undefined)
          return {
            holds: false,
            reason: `${wrong.address} ${wrong.probe}: should be ${wrong.expected}, answered \`${wrong.answer}\``,
          }
        if (context.gone !== undefined) {
          const old = await probeDaemon({
            endpoint,
            plain,
            authority: authority.cert,
            client: context.gone,
            server,
          })
          const own = old.six.at(-1)
          if (own?.outcome !== 'refused')
            return {
              holds: false,
              reason: `${own?.address ?? ''}: a certificate of the old authority is not refused`,
            }
        }
      }
      return { holds: true }
    },
    act() {
      return Promise.resolve(undefined)
    },
    async undo() {
      // Asking changed nothing.
    },
  }
}

/** Any client that was made now; where none was, one that is made for the probe alone stands under `probe`. */
function probeClient({ certificates }: Minted): Issued | undefined {
  const [client] = [...certificates].flatMap(([id, issued]) =>
    id.startsWith('client ') || id === 'probe' ? [issued] : [],
  )
  return client
}

/** Takes the copies of keys out of a run's backups: once all is done, nothing needs the old ones. */
export async function forgetKeys(plan: DockerTlsPlan, backups: string): Promise<void> {
  for (const { path, holds } of plan.files) {
    if (holds.kind !== 'key') continue
    const backup = await readBackup(backups, path)
    if (backup?.was !== undefined) await rm(backup.copy, { force: true })
  }
}
