import {
  sortFindings,
  compareText,
  countFindings,
  type AuditResult,
  type Finding,
  type ProbeReport,
} from '../model/index.js'
import { formatEndpoint, type Address, type Endpoint } from './address.js'
import type { Credential } from './credential.js'
import { Ledger } from './ledger.js'
import { pace } from './pace.js'
import { APISERVER_PORTS, probeApiserver } from './probe-apiserver.js'
import { DOCKER_PORTS, probeDocker } from './probe-docker.js'
import { ETCD_PORTS, probeEtcd } from './probe-etcd.js'
import { KUBELET_PORTS, probeKubelet } from './probe-kubelet.js'
import { questionOf, type QuestionId } from './questions.js'
import type { Limits, Session } from './session.js'

type Probe = (endpoint: Endpoint, ledger: Ledger, session: Session) => Promise<ProbeReport>

/** What can be probed: its name as a component, its ports where none is named, and what is open when none answers. */
const KINDS = {
  kubelet: {
    component: 'kubelet',
    ports: KUBELET_PORTS,
    probe: probeKubelet,
    main: 'probe-kubelet-anonymous',
  },
  apiserver: {
    component: 'kube-apiserver',
    ports: APISERVER_PORTS,
    probe: probeApiserver,
    main: 'probe-apiserver-anonymous',
  },
  etcd: { component: 'etcd', ports: ETCD_PORTS, probe: probeEtcd, main: 'probe-etcd-client-certificate' },
  docker: {
    component: 'dockerd',
    ports: DOCKER_PORTS,
    probe: probeDocker,
    main: 'probe-docker-client-certificate',
  },
} as const satisfies Readonly<
  Record<string, { component: string; ports: readonly number[]; probe: Probe; main: QuestionId }>
>

export type ProbeKind = keyof typeof KINDS

export interface ProbeOptions {
  readonly kind: ProbeKind
  /** Nothing else is contacted. */
  readonly addresses: readonly Address[]
  readonly credential?: Credential
  readonly limits: Limits
  /** Requests a second, all addresses together. */
  readonly perSecond: number
  readonly version: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Only these questions are told; all are asked. */
  readonly only?: readonly string[]
  /** Told before each address. */
  readonly onAddress?: (address: string) => void
}

/** So many hosts are asked side by side; each is asked one thing at a time. */
const SIDE_BY_SIDE = 8

/** Asks every address, and says what is open, as a result that every report takes. */
export async function runProbes(options: ProbeOptions): Promise<AuditResult> {
  const { limits, now, credential = {} } = options
  const session: Session = { limits, now, credential, pace: pace(options.perSecond) }
  const waiting = distinct(options.addresses)
  const done: { ledger: Ledger; report: ProbeReport }[] = []
  const work = async (): Promise<void> => {
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      done.push(...(await probeHost(address, options, session)))
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  return resultOf(done, options)
}

function distinct(addresses: readonly Address[]): Address[] {
  return [...new Map(addresses.map((address) => [`${address.host} ${address.port ?? ''}`, address])).values()]
}

/** The named port of a host, or every port that its kind of server uses. */
async function probeHost(
  { host, port }: Address,
  { kind, onAddress }: ProbeOptions,
  session: Session,
): Promise<{ ledger: Ledger; report: ProbeReport }[]> {
  const { component, ports, probe, main } = KINDS[kind]
  const done: { ledger: Ledger; report: ProbeReport }[] = []
  for (const each of port === undefined ? ports : [port]) {
    const endpoint = { host, port: each }
    const address = formatEndpoint(endpoint)
    onAddress?.(address)
    const ledger = new Ledger(component, address, `rampart probe ${kind} ${address}`)
    done.push({ ledger, report: await probe(endpoint, ledger, session) })
  }
  // A host on which nothing of the kind answered is no proof that it is safe: it may be another host.
  const last = done.at(-1)
  const silent = done.every(({ ledger }) => ledger.entries.every(({ result }) => result === 'notApplicable'))
  if (silent) {
    last?.ledger.unknown(
      main,
      `no ${component} was found on ${done.map(({ report }) => report.address).join(', ')}`,
    )
  }
  return done
}

function resultOf(
  done: readonly { readonly ledger: Ledger; readonly report: ProbeReport }[],
  { version, only }: ProbeOptions,
): AuditResult {
  const entries = done
    .flatMap(({ ledger }) => ledger.entries)
    .filter(({ id }) => only === undefined || only.includes(id))
  const of = (result: Finding['result']): Finding[] =>
    sortFindings(entries.flatMap(({ finding }) => (finding?.result === result ? [finding] : [])))
  const [findings, unknowns, notApplicable] = [of('fail'), of('unknown'), of('notApplicable')]
  const probes = done.map(({ report }) => report).sort((a, b) => compareText(a.address, b.address))
  return {
    rampart: { version },
    sources: probes.map(({ component, address }) => ({
      kind: 'probe',
      name: `${component} ${address}`,
      objects: 0,
      files: 0,
      complete: false,
    })),
    findings,
    unknowns,
    notApplicable,
    accepted: [],
    counts: countFindings(findings, unknowns.length, notApplicable.length),
    problems: [],
    coverage: coverageOf(entries),
    probes,
  }
}

function coverageOf(entries: readonly Ledger['entries'][number][]): AuditResult['coverage'] {
  const ids = [...new Set(entries.map(({ id }) => id))].sort(compareText)
  return ids.map((check) => {
    const counts = { pass: 0, fail: 0, unknown: 0, notApplicable: 0, accepted: 0 }
    for (const { id, result } of entries) if (id === check) counts[result] += 1
    return { check, title: questionOf(check).title, ...counts }
  })
}
