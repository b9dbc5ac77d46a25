import type { ProbedTls, ProbeReport, ProbeState } from '../model/index.js'

/** What a state is called in a table. */
export const STATE_WORDS: Readonly<Record<ProbeState, string>> = {
  open: 'open',
  limited: 'limited',
  closed: 'closed',
  unknown: 'unknown',
  'not-asked': 'not asked',
}

/** `kubelet 10.0.0.5:10250` */
export function probeName({ component, address }: ProbeReport): string {
  return `${component} ${address}`
}

/** Sentences about what a server shows of itself: versions, certificate, whom it asks for one. */
export function tlsSentences({ versions, chain, clientCertificate }: ProbedTls): string[] {
  const by = (offered: boolean | 'unknown'): string =>
    versions
      .flatMap((each) => (each.offered === offered ? [each.version.replace('TLS ', '')] : []))
      .join(', ')
  const [refused, unknown] = [by(false), by('unknown')]
  const first = `TLS ${by(true)}${refused === '' ? '' : `; refused: ${refused}`}${unknown === '' ? '' : `; not known: ${unknown}`}`
  return [first, ...certificateSentences(chain), clientSentence(clientCertificate)]
}

const NAMES = 8

function certificateSentences(chain: ProbedTls['chain']): string[] {
  const [certificate] = chain
  if (certificate === undefined) return ['no certificate was seen']
  const { subject, issuer, names, notBefore, notAfter, selfSigned } = certificate
  const shown = names.slice(0, NAMES).join(', ')
  const more = names.length > NAMES ? ` and ${names.length - NAMES} more` : ''
  const by = selfSigned ? 'self-signed' : `issued by ${issuer === '' ? '(no name)' : issuer}`
  return [
    `certificate ${subject === '' ? '(no subject)' : subject}, ${by}, valid ${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)}`,
    names.length === 0 ? 'names: none' : `names: ${shown}${more}`,
  ]
}

function clientSentence({ asked, authorities }: ProbedTls['clientCertificate']): string {
  if (asked === 'unknown') return 'whether it asks for a client certificate is encrypted in TLS 1.3'
  if (!asked) return 'asks for no client certificate'
  const shown = authorities.slice(0, NAMES).join(' | ')
  const more = authorities.length > NAMES ? ` and ${authorities.length - NAMES} more` : ''
  return `asks for a client certificate${authorities.length === 0 ? '' : ` of ${shown}${more}`}`
}
