/** How a host is reached. */
export interface SshOptions {
  readonly host: string
  /** 22 where absent. */
  readonly port?: number
  readonly user: string
  /** Key files that the user named: each must be usable. */
  readonly keys?: readonly string[]
  /** Key files of a configuration: those that cannot be used are left out. Where both are absent those that ssh tries itself. */
  readonly moreKeys?: readonly string[]
  /** Of the agent's keys only those of the key files. */
  readonly identitiesOnly?: boolean
  /** Files of known hosts that the user named: each must be there. */
  readonly knownHosts?: readonly string[]
  /** Files of known hosts otherwise; those of ~/.ssh and /etc/ssh where absent. */
  readonly usualKnownHosts?: readonly string[]
  /** Stands in files of known hosts instead of the host and its port. */
  readonly hostKeyAlias?: string
  /** The agent's socket; `SSH_AUTH_SOCK` is the caller's to hand in. */
  readonly agent?: string
  /** Asks for root by `sudo -n`; otherwise the user is root. */
  readonly sudo?: boolean
  /** Milliseconds until a connection must stand. */
  readonly connectWithin?: number
  /** The host over which this one is reached. */
  readonly via?: SshOptions
  readonly family?: 4 | 6
  /** The address of this machine from which the first connection is made. */
  readonly localAddress?: string
  readonly algorithms?: SshAlgorithms
}

/** Algorithms that may be used, by patterns; never more than ssh2 offers by itself. */
export type SshAlgorithms = Partial<
  Readonly<
    Record<
      'cipher' | 'hmac' | 'kex' | 'serverHostKey',
      { readonly only?: readonly string[]; readonly without?: readonly string[] }
    >
  >
>
