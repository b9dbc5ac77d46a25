import type { Edit, Finding, Host } from '../../model/index.js'
import { adviceOf, chooseFix, isAsked, isModeCommand, type FixChoice, type Left } from './plan-choose.js'
import { unifiedDiff } from './plan-diff.js'
import { editText, mergeEdits, type WantedEdit } from './plan-file-edits.js'
import { planModes, type PlannedModes, type SeenAccess, type WantedMode } from './plan-modes.js'
import { sha256Of } from '../files/index.js'
import { planId } from './plan-id.js'
import { byPlace, hostOf, keyOf, type Place } from './plan-places.js'
import { planRestarts, type RestartWish } from './plan-restarts.js'
import { stuckComponents, whyNotStartable } from './plan-startable.js'
import { planNotes } from './plan-notes.js'
import {
  PLAN_FORMAT,
  type FileChange,
  type FixPlan,
  type Owner,
  type Mended,
  type PlanSubject,
  type Restart,
} from './fix-plan.js'

/** What stands at a place when the plan is made. */
export type Seen =
  | ({ readonly kind: 'file'; readonly text: string; readonly sha256: string } & SeenAccess)
  | ({ readonly kind: 'folder' } & SeenAccess)
  /** `folders`: those on the way to it that are not there either, outermost first. */
  | { readonly kind: 'absent'; readonly folders: readonly string[]; readonly owner?: Owner }
  | { readonly kind: 'unusable'; readonly why: string }

export interface PlanInput {
  readonly version: string
  readonly subject: PlanSubject
  /** What the audit found, worst first. */
  readonly findings: readonly Finding[]
  readonly hosts: readonly Host[]
  readonly choice: FixChoice
  /** Files that hold what the user applies himself: whether a path without a host is one of them. */
  readonly isOwnFile: (path: string) => boolean
  readonly look: (host: string | undefined, path: string) => Seen
  readonly restartCommands: ReadonlyMap<string, readonly string[]>
  /** Digests of all that was found before; see `knownOf`. */
  readonly known: readonly string[]
  /** Hosts whose services are restarted: this machine. */
  readonly live: ReadonlySet<string>
}

/**
 * All that is done and left, from what an audit found. Pure: the same input gives the same plan with the same id. A finding
 * is mended whole or not at all.
 */
export function planFix(input: PlanInput): FixPlan {
  const asked = input.findings.filter((finding) => isAsked(finding, input.choice))
  const left = new Map<Finding, Left>()
  const leave = (finding: Finding, reason: Left['reason'], why: string): void => {
    if (!left.has(finding)) left.set(finding, { finding, reason, why })
  }
  for (const finding of asked) {
    const chosen = chooseFix(finding, input.choice)
    if (chosen.kind === 'leave') leave(finding, chosen.reason, chosen.why)
    else for (const why of strangeFiles(finding, input)) leave(finding, 'not-a-file', why)
  }
  for (;;) {
    const taken = asked.filter((finding) => !left.has(finding))
    const before = left.size
    const files = planFiles(taken, input, leave)
    const modes = plannedModes(taken, input)
    for (const [finding, why] of modes.lost) leave(finding, 'refused', why)
    const stuck = stuckComponents(input.findings, taken)
    for (const finding of taken) {
      const why = whyNotStartable(
        finding,
        restartsWished([finding], input).filter((restart) => isRestarted(restart, input)),
        stuck,
      )
      if (why !== undefined) leave(finding, 'refused', why)
    }
    // What one finding loses, its other changes lose too: all is planned anew without it.
    if (left.size === before) return assemble(input, { taken, left: [...left.values()], files, modes })
  }
}

/** Why the edits of a finding cannot be made: they are about an export, a snapshot or a running cluster. */
function strangeFiles({ fix }: Finding, input: PlanInput): string[] {
  const hosts = new Set(input.hosts.map(({ name }) => name))
  return (fix?.edits ?? []).flatMap(({ host, file }) => {
    if (host !== undefined) return hosts.has(host) ? [] : [`host ${host} was not read from a folder`]
    return input.isOwnFile(file)
      ? []
      : [`\`${file}\` is no file that the object is made from: change it where it is made, or in the cluster`]
  })
}

type Leave = (finding: Finding, reason: Left['reason'], why: string) => void

function planFiles(taken: readonly Finding[], input: PlanInput, leave: Leave): FileChange[] {
  const wanted = new Map<string, WantedEdit[]>()
  const places = new Map<string, { readonly place: Place; readonly seen: Seen }>()
  for (const finding of taken) {
    for (const edit of finding.fix?.edits ?? []) {
      const seen = input.look(edit.host, edit.file)
      const real = ('real' in seen ? seen.real : undefined) ?? edit.file
      const key = keyOf(edit.host, real)
      wanted.set(key, [...(wanted.get(key) ?? []), { edit, finding }])
      const place = edit.host === undefined ? { path: real } : { host: edit.host, path: edit.file }
      if (!places.has(key)) places.set(key, { place, seen })
    }
  }
  return [...places].flatMap(([key, { place, seen }]) => {
    const edits = wanted.get(key) ?? []
    if (seen.kind === 'unusable' || seen.kind === 'folder') {
      const why = seen.kind === 'folder' ? `\`${place.path}\` is a folder` : seen.why
      for (const { finding } of edits) leave(finding, 'refused', why)
      return []
    }
    return fileChange(place, seen, edits, leave)
  })
}

function fileChange(
  place: Place,
  seen: Extract<Seen, { kind: 'file' | 'absent' }>,
  wanted: readonly WantedEdit[],
  leave: Leave,
): FileChange[] {
  const before = seen.kind === 'file' ? seen.text : undefined
  const { edits, text, lost } = mergeEdits(before, wanted)
  for (const [finding, { reason, why }] of lost) leave(finding, reason, why)
  if (text === before) return []
  const real = 'real' in seen && seen.real !== place.path ? seen.real : undefined
  return [
    {
      ...place,
      ...(real === undefined ? {} : { real }),
      before: seen.kind === 'file' ? seen.sha256 : 'absent',
      after: sha256Of(text),
      content: { edits },
      ...(seen.kind === 'absent'
        ? {
            mode: modeOf(edits),
            folders: seen.folders,
            ...(seen.owner === undefined ? {} : { owner: seen.owner }),
          }
        : {}),
      diff: unifiedDiff(place.path, before, text),
      checks: [...new Set(wanted.map(({ finding }) => finding.check))].sort(),
    },
  ]
}

/** Files of components are read by root; nobody else needs them unless the fix says so. */
const NEW_FILE_MODE = 0o600

function modeOf(edits: readonly Edit[]): number {
  return edits.find(({ op }) => op === 'create')?.mode ?? NEW_FILE_MODE
}

/** The text of a file after its change; throws nothing: the plan was made by the same function. */
export function textAfter(change: FileChange, before: string | undefined): string {
  return 'text' in change.content ? change.content.text : editText(before, change.content.edits).text
}

function plannedModes(taken: readonly Finding[], input: PlanInput): PlannedModes {
  const wanted = taken.flatMap((finding): WantedMode[] => {
    const host = hostOf(finding)
    if (host === undefined) return []
    return (finding.fix?.commands ?? []).filter(isModeCommand).map((command) => ({ host, command, finding }))
  })
  const hosts = new Map(input.hosts.map((host) => [host.name, host]))
  return planModes(wanted, hosts, (host, path) => {
    const seen = input.look(host, path)
    if (seen.kind === 'unusable') return seen.why
    if (seen.kind === 'absent') return `\`${path}\` is not there any more`
    const { mode, uid, gid, real } = seen
    return { mode, uid, gid, ...(real === undefined ? {} : { real }) }
  })
}

interface Parts {
  readonly taken: readonly Finding[]
  readonly left: readonly Left[]
  readonly files: readonly FileChange[]
  readonly modes: PlannedModes
}

function assemble(input: PlanInput, { taken, left, files, modes }: Parts): FixPlan {
  const all = restartsWished(taken, input)
  const isDone = (restart: Restart): boolean => isRestarted(restart, input)
  const restarts = all.filter(isDone)
  const plan: Omit<FixPlan, 'id'> = {
    format: PLAN_FORMAT,
    rampart: input.version,
    subject: input.subject,
    files: inOrder(files, input.hosts),
    modes: [...modes.modes].sort(byPlace),
    restarts,
    mends: taken.map(mendedOf),
    objects: [],
    lasting: [],
    advice: left.map(adviceOf),
    known: input.known,
    notes: planNotes(all.filter((restart) => !isDone(restart))),
  }
  return { ...plan, id: planId(plan) }
}

/** What would have to start anew for findings to be mended, done here or not. */
function restartsWished(taken: readonly Finding[], input: PlanInput): readonly Restart[] {
  const hosts = new Map(input.hosts.map((host) => [host.name, host]))
  const wishes = taken.flatMap((finding): RestartWish[] => {
    const edits: readonly Edit[] = finding.fix?.edits ?? []
    return [...new Set(edits.flatMap(({ host }) => host ?? []))].flatMap((name) => {
      const host = hosts.get(name)
      const own = edits.filter((edit) => edit.host === name).map(({ file }) => file)
      return host === undefined ? [] : [{ host, finding, files: own }]
    })
  })
  return planRestarts(wishes, { commands: input.restartCommands })
}

/** On this machine, or by a command of the user's. */
function isRestarted({ host, name, component }: Restart, { live, restartCommands }: PlanInput): boolean {
  return live.has(host) || restartCommands.has(name) || restartCommands.has(component)
}

/** Manifests of static pods last: what they name is there when the kubelet sees them. */
function inOrder(files: readonly FileChange[], hosts: readonly Host[]): FileChange[] {
  const manifests = new Set(
    hosts.flatMap(({ name, commands }) =>
      commands.flatMap(({ source, args }) =>
        source === 'static-pod'
          ? args.flatMap(({ file }) => (file === undefined ? [] : [keyOf(name, file)]))
          : [],
      ),
    ),
  )
  const isManifest = ({ host, path }: FileChange): number => (manifests.has(keyOf(host, path)) ? 1 : 0)
  return [...files].sort((a, b) => isManifest(a) - isManifest(b) || byPlace(a, b))
}

/** What a plan says of a finding that it mends. */
export function mendedOf({ check, target, title, message, severity, fingerprint, fix }: Finding): Mended {
  return {
    check,
    target,
    title,
    message,
    severity,
    fingerprint,
    text: fix?.text ?? '',
    ...(fix?.breaks === undefined ? {} : { breaks: fix.breaks }),
    ...(fix?.verify === undefined ? {} : { verify: fix.verify }),
  }
}

/** Whether a plan has anything to do. */
export function isEmpty({ files, modes, restarts, objects }: FixPlan): boolean {
  return files.length + modes.length + restarts.length + objects.length === 0
}
