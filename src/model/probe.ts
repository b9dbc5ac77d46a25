/** What an answer says about a door: open to the one who asked, open in part, closed; or it says nothing. */
export type ProbeState = 'open' | 'limited' | 'closed' | 'unknown' | 'not-asked'

/** One thing that was asked of an address. */
export interface ProbeAttempt {
  /** `GET https://10.0.0.5:10250/pods without a credential` */
  readonly ask: string
  /** The HTTP status line, or what happened instead of one. */
  readonly answer: string
  readonly state: ProbeState
  /** What the answer means, in words. */
  readonly meaning: string
}

/** Whether a server speaks a version of TLS; `detail` is the alert or other sign. */
export interface ProbedTlsVersion {
  readonly version: 'TLS 1.0' | 'TLS 1.1' | 'TLS 1.2' | 'TLS 1.3'
  readonly offered: boolean | 'unknown'
  readonly detail: string
}

/** The certificate that a server shows. Dates are ISO 8601 in UTC. */
export interface ProbedCertificate {
  readonly subject: string
  readonly issuer: string
  readonly names: readonly string[]
  readonly notBefore: string
  readonly notAfter: string
  readonly selfSigned: boolean
  readonly fingerprint256: string
}

/** What a server shows before anybody has said who they are. */
export interface ProbedTls {
  readonly versions: readonly ProbedTlsVersion[]
  /** As sent: the server's own certificate first. */
  readonly chain: readonly ProbedCertificate[]
  /** Whether it asks for a client certificate, and the authorities that it names. */
  readonly clientCertificate: {
    readonly asked: boolean | 'unknown'
    readonly authorities: readonly string[]
  }
}

/** One address that was probed. */
export interface ProbeReport {
  /** kubelet, kube-apiserver, etcd, dockerd */
  readonly component: string
  /** `10.0.0.5:10250`, `[fd00::5]:2376` */
  readonly address: string
  readonly state: ProbeState
  /** One sentence: what is open, to whom. */
  readonly verdict: string
  readonly tls?: ProbedTls
  readonly attempts: readonly ProbeAttempt[]
}
