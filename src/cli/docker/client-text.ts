import type { ClientAnswer } from '../../docker/index.js'

const PROTECTION: Readonly<Record<ClientAnswer['protection'], string>> = {
  tls: 'yes, TLS',
  ssh: 'yes, SSH',
  local: 'stays on this host',
  none: 'NO',
  unknown: 'not known',
}

const VERIFIED: Readonly<Record<ClientAnswer['server']['verified'], string>> = {
  yes: 'yes',
  no: 'NO',
  'by-ssh': 'by SSH',
  'not-asked': 'not asked',
}

/** What Docker's client would do, for people. */
export function clientText(answer: ClientAnswer, version: string | undefined): string {
  const { daemon, decidedBy, server, certificate, refusal } = answer
  const set = decidedBy.value === '' ? decidedBy.setting : `${decidedBy.setting}=${decidedBy.value}`
  const rows: [string, string][] = [
    ['Daemon', daemon ?? 'none: docker ends with an error'],
    ['Decided by', `${set} (${decidedBy.where})`],
    ['Context', answer.context],
    ['Encrypted', PROTECTION[answer.protection]],
    ['Server verified', `${VERIFIED[server.verified]}: ${server.detail}`],
    ['Certificate', certificate === undefined ? 'none is shown' : certificateText(certificate)],
    ['docker', version === undefined ? 'no version is known: facts that changed are told for all' : version],
  ]
  const lines = rows.map(([name, text]) => `${`${name}:`.padEnd(17)}${text}`)
  if (refusal !== undefined) lines.push('', `docker ends with an error: ${refusal}`)
  if (answer.ignored.length > 0) {
    lines.push('', 'Without effect:')
    for (const { setting, value, where, because } of answer.ignored)
      lines.push(`  ${setting}=${value} (${where}): ${because}`)
  }
  if (answer.warnings.length > 0) lines.push('', 'Warnings:', ...answer.warnings.map((each) => `  - ${each}`))
  return `${lines.join('\n')}\n`
}

function certificateText({
  file,
  subject,
  notAfter,
  expired,
}: NonNullable<ClientAnswer['certificate']>): string {
  const who = subject === undefined ? '' : `, ${subject}`
  if (notAfter === undefined) return `${file}${who}`
  const day = new Date(notAfter * 1000).toISOString().slice(0, 10)
  return `${file}${who}, ${expired === true ? `ENDED on ${day}` : `until ${day}`}`
}
