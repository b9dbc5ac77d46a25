import { certificatesOf } from '../../pki/index.js'
import { withoutPassword } from '../../text/index.js'
import { proxyUrlFault } from '../resolve/proxy-url.js'
import { judgeCertificate } from './certificate-rules.js'
import type { LintFile } from './lint-file.js'

/** How clusters are reached: without TLS, without knowing whom, through whom. */
export function lintConnections(file: LintFile): void {
  for (const { name, path, entry } of file.clusters) {
    const subject = `cluster ${name}`
    const say = (
      rule: string,
      level: 'error' | 'warning' | 'hint',
      key: string,
      message: string,
      fix: string,
    ): void => file.report({ rule, level, subject, message, fix }, [...path, key])
    const { server, proxyUrl, insecureSkipTlsVerify, certificateAuthority, certificateAuthorityData } = entry
    if (server === '')
      say('no-server', 'error', 'server', 'there is no server', 'set the URL of the API server')
    else if (!/^https:\/\//i.test(server))
      say(
        'http-server',
        'error',
        'server',
        `\`${withoutPassword(server)}\` is not https: everybody on the way can read and change what is said, and kubectl sends no credential`,
        'use https',
      )
    if (/:\/\/[^/@]*:[^/@]*@/.test(server))
      say('password-in-url', 'error', 'server', 'a password stands in the URL', 'take it out of the URL')
    if (insecureSkipTlsVerify)
      say(
        'skipped-verification',
        'error',
        'insecure-skip-tls-verify',
        'whoever answers is taken for the API server, and is given the credential',
        'take it out and set certificate-authority-data',
      )
    if (proxyUrl !== '') {
      const fault = proxyUrlFault(proxyUrl)
      const shown = withoutPassword(proxyUrl)
      if (fault === undefined)
        say(
          'proxy-url',
          'warning',
          'proxy-url',
          `all requests go through \`${shown}\``,
          'make sure that it is yours',
        )
      else
        say(
          'proxy-url',
          'error',
          'proxy-url',
          `\`${shown}\` is no proxy that kubectl takes`,
          'use http, https or socks5',
        )
    }
    if (certificateAuthority !== '' && certificateAuthorityData.length > 0)
      say(
        'data-and-file',
        'error',
        'certificate-authority',
        'certificate-authority and certificate-authority-data are both set: kubectl refuses that',
        'keep one of them',
      )
    lintAuthority(file, subject, path, entry)
  }
}

function lintAuthority(
  file: LintFile,
  subject: string,
  path: LintFile['clusters'][number]['path'],
  entry: LintFile['clusters'][number]['entry'],
): void {
  const { certificateAuthority, certificateAuthorityData } = entry
  const inFile = certificateAuthorityData.length === 0
  if (inFile && certificateAuthority === '') return
  const key = inFile ? 'certificate-authority' : 'certificate-authority-data'
  const pem = inFile ? file.world.read(file.resolve(certificateAuthority)) : certificateAuthorityData
  const at = [...path, key]
  const certificates = pem === undefined ? [] : certificatesOf(pem.toString('utf8'))
  if (certificates.length === 0) {
    const message =
      pem === undefined
        ? `\`${file.resolve(certificateAuthority)}\` cannot be read`
        : 'there is no certificate in it'
    file.report(
      {
        rule: 'unreadable-certificate',
        level: 'error',
        subject,
        message,
        fix: 'set the authority of the API server',
      },
      at,
    )
  }
  for (const certificate of certificates) judgeCertificate(file, subject, at, certificate, 'authority')
}
