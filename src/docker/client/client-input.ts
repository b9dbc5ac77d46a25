/** A certificate as a client judges it. Times are seconds since 1970. */
export interface SeenCertificate {
  readonly subject: string
  readonly notBefore: number
  readonly notAfter: number
  /** SHA-256 of its public key, in hex. */
  readonly publicKey?: string
  /** Object identifiers of extendedKeyUsage; absent where any use is allowed. */
  readonly uses?: readonly string[]
}

/** A file that the client may open. Of a key no text is kept. */
export type SeenFile =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | {
      readonly kind: 'file'
      /** Permission bits. */
      readonly mode?: number
      readonly text?: string
      /** The certificates in it; absent where it was not read. */
      readonly certificates?: readonly SeenCertificate[]
      /** SHA-256 of the public halves of the keys in it; absent where it was not read. */
      readonly publicKeys?: readonly string[]
      readonly encryptedKey?: boolean
    }

/** The options of `docker` that decide about the daemon; absent where they are not given. */
export interface ClientOptions {
  readonly hosts?: readonly string[]
  readonly context?: string
  readonly config?: string
  readonly tls?: boolean
  readonly tlsverify?: boolean
  readonly tlscacert?: string
  readonly tlscert?: string
  readonly tlskey?: string
}

/** Everything that the client looks at before it talks to a daemon. */
export interface ClientInput {
  readonly options: ClientOptions
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where a variable was set, in words. */
  readonly whereSet?: (variable: string) => string
  /** The home folder of the user. */
  readonly home: string
  readonly file: (path: string) => SeenFile
  /** SHA-256 in hex: the name of a context's folder is that of its name. */
  readonly sha256: (text: string) => string
  /** `28.2.2`, undefined where it is not known. */
  readonly version?: string
  /** Seconds since 1970. */
  readonly now: number
}
