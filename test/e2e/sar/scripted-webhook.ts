import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { CertificateFiles } from '../../kit/certificates.js'

interface Review {
  readonly spec?: {
    readonly user?: string
    readonly resourceAttributes?: Readonly<Record<string, unknown>>
    readonly nonResourceAttributes?: Readonly<Record<string, unknown>>
  }
}

/**
 * A webhook that answers by a simple rule of its own: what it says hangs on user, verb, resource and namespace alone, so
 * that whoever asks again gets the same. One answer in ten is none: an HTTP status that nobody tries again.
 */
export function startWebhook(
  files: CertificateFiles,
): Promise<{ readonly url: string; readonly server: Server }> {
  const tls = {
    cert: readFileSync(files.serverCert),
    key: readFileSync(files.serverKey),
    ca: readFileSync(files.ca),
    requestCert: true,
    rejectUnauthorized: true,
  }
  const server = createServer(tls, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const status = decide(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Review)
      response.statusCode = status === undefined ? 400 : 200
      response.setHeader('content-type', 'application/json')
      const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', status }
      response.end(JSON.stringify(status === undefined ? {} : review))
    })
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/authorize`, server })
    })
  })
}

function decide({ spec }: Review): object | undefined {
  const attributes = spec?.resourceAttributes ?? spec?.nonResourceAttributes ?? {}
  const words = [spec?.user, attributes.verb, attributes.resource, attributes.namespace, attributes.path]
  switch (sum(words.join('|')) % 10) {
    case 0:
    case 1:
      return { allowed: true, reason: 'the script allows' }
    case 2:
      return { allowed: false, denied: true, reason: 'the script denies' }
    case 3:
      return undefined
    default:
      return { allowed: false, reason: 'the script has no opinion' }
  }
}

/** FNV-1a of 32 bits. */
function sum(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash
}
