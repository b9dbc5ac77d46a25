import { lineDiff } from '../../kubeconfig/index.js'
import { maskLine } from '../../text/index.js'
import { table } from '../table.js'
import type { DockerTlsPlan, ProbedDaemon } from '../../actions/docker-tls/index.js'

/** A plan for people: certificates, files with their modes, changes as a diff, and what to know before. */
export function planText(
  plan: DockerTlsPlan,
  words: { readonly restart: string; readonly applied: boolean },
): string {
  const { certificates, files, changes, notes, next, daemon, validate } = plan
  const lines = [
    `${words.applied ? 'Doing' : 'Would do'}: docker ${plan.action} for the daemon of ${daemon.configFile}`,
    ...(plan.restart === undefined
      ? []
      : [
          `Afterwards it serves ${daemon.endpoints.map(address).join(', ')} over TLS, to clients with a certificate of its authority alone.`,
        ]),
    '',
    'Certificates:',
    ...indented(
      table(
        ['NAME', 'USE', 'KEY', 'LIFE', 'FOR'],
        certificates.map(({ name, use, keyType, days, names }) => [
          name,
          use,
          keyType === 'ec' ? 'EC P-256' : 'RSA 3072',
          `${days} days`,
          names.map(({ value }) => value).join(', ') || '-',
        ]),
      ),
    ),
    'Files:',
    ...plan.folders.map(({ path, mode }) => `  ${octal(mode)}  ${path}/`),
    ...files.map(({ path, mode, what }) => `  ${octal(mode)}  ${path}  (${what})`),
    ...(changes.length === 0 ? [] : ['', 'Changes:']),
    ...changes.flatMap(({ path, before, after }) => [
      `  ${path}${before === undefined ? ' (new)' : ''}`,
      ...lineDiff(before ?? '', after).map((line) => `    ${maskLine(line)}`),
    ]),
    '',
    ...(validate === undefined ? [] : [`Check:   ${validate.join(' ')}`]),
    `Restart: ${plan.restart === undefined ? 'none' : words.restart}`,
    ...(plan.restart === undefined
      ? []
      : ['Then:    six probes of every address; anything else than expected puts everything back']),
    '',
    'To know:',
    ...notes.map((note) => `  - ${note}`),
    ...(next.length === 0 ? [] : ['', 'To use it:', ...next.map((line) => `  ${line}`)]),
  ]
  return `${lines.join('\n')}\n`
}

/** The probes as a table, six and the name. */
export function probeText({ six, name }: ProbedDaemon): string {
  const rows = [...six, name].map((row) => [
    row.address,
    row.probe,
    row.expected,
    row.asExpected ? 'yes' : 'NO',
    row.answer,
  ])
  return table(['ADDRESS', 'PROBE', 'SHOULD BE', 'IS', 'ANSWER'], rows)
}

function indented(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}

function address({ address: host, port }: { readonly address: string; readonly port: number }): string {
  return `tcp://${host.includes(':') ? `[${host}]` : host}:${port}`
}
