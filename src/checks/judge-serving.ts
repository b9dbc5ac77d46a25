import { isWeakCipher } from '../kube/index.js'
import type { ComponentSubject, Report } from './define-check.js'
import { flagEvidence, judgeFlag } from './judge-flag.js'

const LOOPBACK = /^(?:127\.|::1$|\[::1\]$|localhost$)/

/** Asks whether the port of a component is open beyond its host; a port of 0 is not open at all. */
export function judgeBindAddress(component: ComponentSubject, report: Report): void {
  const port = component.number('secure-port')
  if (port.known && port.value === 0) return
  judgeFlag(component, report, 'bind-address', component.string('bind-address'), (address) =>
    LOOPBACK.test(address)
      ? undefined
      : {
          message: `its port is open on ${address === '0.0.0.0' || address === '::' ? 'every address' : address} of the host`,
          fix: {
            ...component.change('bind-address', '127.0.0.1'),
            breaks:
              'probes and monitoring that reach it from elsewhere; the probes of its own pod have to ask 127.0.0.1',
          },
        },
  )
}

/** What the API tells about health; the default. Source: k8s.io/apiserver v0.36.3 pkg/server/options/authorization.go. */
const HEALTH: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/livez'])

/** Asks which paths a component serves without asking who wants them. */
export function judgeAlwaysAllowPaths(component: ComponentSubject, report: Report): void {
  const flag = 'authorization-always-allow-paths'
  judgeFlag(component, report, flag, component.strings(flag), (paths) => {
    const open = paths.filter((path) => !HEALTH.has(path.replace(/\/\*?$/, '')))
    if (open.length === 0) return undefined
    const left = paths.filter((path) => !open.includes(path))
    return {
      message: `served to everybody: ${open.join(', ')}`,
      fix: {
        ...component.change(flag, left.length === 0 ? [...HEALTH] : left),
        breaks: 'monitoring that reads these paths without a credential',
      },
    }
  })
}

/** Asks for weak cipher suites; with TLS 1.3 alone the list has no effect. */
export function judgeCiphers(component: ComponentSubject, report: Report): void {
  const flag = 'tls-cipher-suites'
  const minimum = component.string('tls-min-version')
  if (minimum.known && minimum.value === 'VersionTLS13') return
  judgeFlag(component, report, flag, component.strings(flag), (suites) => {
    const weak = suites.filter(isWeakCipher)
    if (weak.length === 0) return undefined
    const good = suites.filter((suite) => !isWeakCipher(suite))
    return {
      message: `weak: ${weak.join(', ')}`,
      fix:
        good.length === 0 && component.unset !== undefined
          ? component.unset(flag)
          : component.change(flag, good),
    }
  })
}

/** Asks for versions of TLS before 1.2; unset is what Go takes, 1.2. */
export function judgeTlsVersion(component: ComponentSubject, report: Report): void {
  const flag = 'tls-min-version'
  const fact = component.string(flag)
  if (!fact.known) return report.unknown(fact)
  if (!/^VersionTLS1[01]$/.test(fact.value)) return
  report.fail(flagEvidence(component, flag, fact.origin), {
    message: `connections of ${fact.value.replace('VersionTLS1', 'TLS 1.')} are taken`,
    fix: component.change(flag, 'VersionTLS12'),
  })
}
