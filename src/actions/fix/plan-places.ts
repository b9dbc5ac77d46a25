import { compareText, type Finding } from '../../model/index.js'
import { isAsked, isModeCommand, type FixChoice } from './plan-choose.js'

/** A place of a file: its host, absent for files that the user named, and its path. */
export interface Place {
  readonly host?: string
  readonly path: string
}

/** The places that have to be looked at before a plan can be made. */
export function placesOf(findings: readonly Finding[], choice: FixChoice): readonly Place[] {
  const places = new Map<string, Place>()
  for (const finding of findings) {
    if (!isAsked(finding, choice)) continue
    for (const { host, file } of finding.fix?.edits ?? [])
      places.set(keyOf(host, file), { ...(host === undefined ? {} : { host }), path: file })
    const host = hostOf(finding)
    for (const command of finding.fix?.commands ?? []) {
      const path = isModeCommand(command) ? pathOfCommand(command) : undefined
      if (host !== undefined && path !== undefined) places.set(keyOf(host, path), { host, path })
    }
  }
  return [...places.values()]
}

function pathOfCommand(command: string): string | undefined {
  const word = command.split(' ').slice(2).join(' ')
  return word.startsWith("'") ? word.slice(1, -1).replaceAll(`'\\''`, "'") : word
}

/** One text for a place, to be looked up by. */
export function keyOf(host: string | undefined, path: string): string {
  return `${host ?? ''}\n${path}`
}

/** The host that a finding's commands are about. */
export function hostOf({ target, evidence }: Finding): string | undefined {
  return target.kind === 'host' || target.kind === 'component'
    ? target.host
    : evidence.find(({ host }) => host !== undefined)?.host
}

/** Places in the order of hosts and paths. */
export function byPlace(one: Place, other: Place): number {
  return compareText(one.host ?? '', other.host ?? '') || compareText(one.path, other.path)
}
