import type { Digests } from '../binary/hash-binary.js'
import type { Project } from '../platform-binaries.js'
import type { Reference } from '../references/reference.js'
import type { Verdict } from './verdict.js'
import { versionKind } from './version-kind.js'

/** A program as it was found. */
export interface Candidate {
  /** `kubelet`. */
  readonly name: string
  readonly project: Project | undefined
  readonly digests: Digests
  /** What it says of itself. */
  readonly version?: string
  readonly architecture?: string
  readonly os?: string
  /** The user named this very file together with its references: then whose build it is does not matter. */
  readonly named: boolean
}

/** The reference that these bytes fit, or the verdict where there is none. */
export type Match =
  | { readonly kind: 'fits'; readonly reference: Reference }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }

/** Compares a program's digests with all that is published. Pure; the signature of what fits is judged elsewhere. */
export function matchReference(candidate: Candidate, references: readonly Reference[]): Match {
  const files = references.filter(({ covers, name }) => covers === undefined || name === candidate.name)
  const fitting = files.filter((reference) => fits(candidate.digests, reference) !== 'none')
  const own = fitting.filter(({ name }) => name === candidate.name)
  const [best] = own.length > 0 ? sorted(own) : []
  if (best !== undefined) return fitsWhole(candidate, best, files)
  const [other] = sorted(fitting)
  if (other !== undefined) {
    // A file of a name of its own (`kubectl-1.36`) is what its bytes say; one that bears another program's name is not.
    if (candidate.project === undefined) return fitsWhole(candidate, other, files)
    return mismatch(
      'other-file',
      `it is called ${candidate.name}, and its bytes are those of ${labelOf(other)}`,
      other,
    )
  }
  return { kind: 'verdict', verdict: unmatched(candidate, files, references) }
}

/** Those that say most first: a signature, both digests. */
function sorted(list: readonly Reference[]): Reference[] {
  const weight = ({ signature, sha256, sha512 }: Reference): number =>
    (signature === undefined ? 0 : signature.kind === 'bundle' ? 8 : signature.kind === 'pair' ? 4 : 2) +
    (sha256 === undefined ? 0 : 1) +
    (sha512 === undefined ? 0 : 1)
  return [...list].sort((left, right) => weight(right) - weight(left))
}

function fits({ sha256, sha512 }: Digests, reference: Reference): 'all' | 'some' | 'none' {
  const answers = [
    ...(reference.sha256 === undefined ? [] : [reference.sha256 === sha256]),
    ...(reference.sha512 === undefined ? [] : [reference.sha512 === sha512]),
  ]
  if (answers.length === 0 || !answers.includes(true)) return 'none'
  return answers.includes(false) ? 'some' : 'all'
}

function fitsWhole(candidate: Candidate, reference: Reference, files: readonly Reference[]): Match {
  const kinds = fits(candidate.digests, reference)
  if (kinds === 'some') {
    const [good, bad] =
      reference.sha256 === candidate.digests.sha256 ? ['sha256', 'sha512'] : ['sha512', 'sha256']
    return mismatch(
      'contradicting-checksums',
      `its ${good} is that of ${labelOf(reference)} and its ${bad} is not: the list contradicts itself`,
      reference,
    )
  }
  const against = files.find(
    (each) =>
      each !== reference &&
      each.name === reference.name &&
      sameBuild(each, reference) &&
      fits(candidate.digests, each) === 'none' &&
      (each.sha256 !== undefined || each.sha512 !== undefined),
  )
  if (against !== undefined)
    return mismatch(
      'contradicting-checksums',
      `${reference.from} and ${against.from} give ${labelOf(reference)} different checksums`,
      reference,
    )
  return { kind: 'fits', reference }
}

/** Of the same build, as far as both say it, and both say the version. */
function sameBuild(left: Reference, right: Reference): boolean {
  return (
    left.version !== undefined &&
    left.version === right.version &&
    left.os === right.os &&
    left.architecture === right.architecture
  )
}

function unmatched(candidate: Candidate, files: readonly Reference[], all: readonly Reference[]): Verdict {
  const { name, version, project } = candidate
  const sameName = files.filter(
    (each) =>
      each.name === name &&
      (each.architecture ?? candidate.architecture) === (candidate.architecture ?? each.architecture) &&
      (each.os ?? candidate.os) === (candidate.os ?? each.os),
  )
  const vendor = version !== undefined && versionKind(project, version) === 'vendor'
  const comparable = sameName.filter((each) =>
    each.version === undefined ? candidate.named || !vendor : !vendor && each.version === version,
  )
  const [wanted] = sorted(comparable)
  if (wanted !== undefined) return differs(candidate, wanted, files)
  if (vendor) return noReferenceForVendor(candidate, sameName.length > 0)
  if (version === undefined) {
    const known = sameName.length
    return {
      state: 'unknown-version',
      reason:
        known === 0
          ? 'its version cannot be read from it, so it is not known which checksums would be its'
          : `its version cannot be read from it, and its bytes are none of the ${known} builds of ${name} that are known`,
    }
  }
  return noReference(candidate, all)
}

function differs({ digests, name }: Candidate, wanted: Reference, files: readonly Reference[]): Verdict {
  const long = wanted.sha256 === undefined
  const [kind, has, published] = long
    ? ['sha512', digests.sha512, wanted.sha512 ?? '']
    : ['sha256', digests.sha256, wanted.sha256 ?? '']
  // Two files whose checksums were exchanged: that of this one stands beside another name.
  const owner = files.find(
    (each) =>
      each.name !== name &&
      ((each.sha256 !== undefined && each.sha256 === wanted.sha256) ||
        (each.sha512 !== undefined && each.sha512 === wanted.sha512)),
  )
  return {
    state: 'mismatch',
    fault: owner === undefined ? 'checksum' : 'swapped-checksum',
    reason:
      owner === undefined
        ? `its ${kind} is ${short(has)}, and that of ${labelOf(wanted)} is ${short(published)}: these are not the published bytes`
        : `its ${kind} is ${short(has)}; the list gives ${name} the checksum of ${owner.name} (${short(published)}): the checksums are swapped`,
    reference: wanted.from,
  }
}

const PROJECT_NAMES: Readonly<Partial<Record<Project, string>>> = {
  kubernetes: 'Kubernetes',
  docker: 'Docker',
}

function noReferenceForVendor({ name, version, project }: Candidate, upstreamKnown: boolean): Verdict {
  const whose = `${project === undefined ? name : (PROJECT_NAMES[project] ?? project)} publishes no such build`
  return {
    state: 'no-reference',
    reason: `${version ?? ''} is the build of a distribution or vendor: ${whose}${upstreamKnown ? ', and it is not compared with the upstream one' : ''}; ask who built it for checksums, or trust its package's signature`,
  }
}

function noReference(
  { name, version = '', project, architecture }: Candidate,
  all: readonly Reference[],
): Verdict {
  const archives = all.filter(({ covers, version: of }) => covers === 'archive' && of === version)
  if (project === 'kubernetes')
    return {
      state: 'no-reference',
      reason:
        archives.length > 0
          ? `the checksums of ${version} at hand (${archives[0]?.from ?? ''}) cover its archives, not the programs in them`
          : `no checksum of ${name} ${version} is at hand`,
      command: `rampart verify fetch ${version}${architecture === undefined ? '' : ` --arch ${architecture}`}`,
    }
  return {
    state: 'no-reference',
    reason: `no checksum of ${name} ${version} is at hand; get the list of its release and name it with --checksums`,
  }
}

function mismatch(fault: Verdict['fault'], reason: string, { from }: Reference): Match {
  return {
    kind: 'verdict',
    verdict: { state: 'mismatch', reason, reference: from, ...(fault === undefined ? {} : { fault }) },
  }
}

/** `kubelet v1.36.2 (linux/amd64)`. */
export function labelOf({ name, version, os, architecture }: Reference): string {
  const build = [os, architecture].filter((part) => part !== undefined).join('/')
  return [name, version, build === '' ? undefined : `(${build})`]
    .filter((part) => part !== undefined)
    .join(' ')
}

function short(digest: string): string {
  return `${digest.slice(0, 12)}…`
}
