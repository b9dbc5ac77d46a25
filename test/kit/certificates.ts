import { Authority } from './authority.js'

/** Files of one authority, a server certificate for loopback and a client certificate. */
export interface CertificateFiles {
  readonly ca: string
  readonly serverCert: string
  readonly serverKey: string
  readonly clientCert: string
  readonly clientKey: string
}

/** Makes certificates for one test, in PEM files below a folder. */
export async function makeCertificates(folder: string): Promise<CertificateFiles> {
  const authority = await Authority.create(folder)
  const server = await authority.issue('server', {
    name: 'server',
    server: true,
    ips: ['127.0.0.1'],
    dns: ['localhost'],
  })
  const client = await authority.issue('client', { name: 'client', client: true, dns: ['client'] })
  return {
    ca: authority.files.cert,
    serverCert: server.cert,
    serverKey: server.key,
    clientCert: client.cert,
    clientKey: client.key,
  }
}
