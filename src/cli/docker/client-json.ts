import type { ClientAnswer } from '../../docker/index.js'
import { isoTime } from '../iso-time.js'

/** What Docker's client would do as JSON after `schemas/docker-client.schema.json`. */
export function clientJson(answer: ClientAnswer, version: string | undefined): string {
  const { daemon, context, decidedBy, ignored, protection, server, certificate, refusal, warnings } = answer
  const shown = {
    version,
    daemon,
    context,
    decidedBy,
    ignored,
    protection,
    server,
    certificate: certificate === undefined ? undefined : certificateJson(certificate),
    refusal,
    warnings,
  }
  return `${JSON.stringify(shown, undefined, 2)}\n`
}

function certificateJson(certificate: NonNullable<ClientAnswer['certificate']>) {
  const { file, keyFile, subject, notAfter, expired, keyMode } = certificate
  return {
    file,
    keyFile,
    subject,
    notAfter: notAfter === undefined ? undefined : isoTime(notAfter),
    expired,
    keyMode,
  }
}
