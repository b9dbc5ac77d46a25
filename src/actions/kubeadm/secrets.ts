import { randomBytes, randomInt } from 'node:crypto'

/** What nobody but the hosts of the cluster may know. */
export interface SetupSecrets {
  /** 32 bytes in base64, for secretbox. */
  readonly encryptionKey: string
  /** `abcdef.0123456789abcdef`, with which machines join. */
  readonly bootstrapToken: string
  /** 32 bytes in hexadecimal, with which kubeadm encrypts the keys that it hands to joining control-plane nodes. */
  readonly certificateKey: string
}

const NOT_MADE = '<made when the folder is written>'

/** Stands for the secrets where files are shown and not written. */
export const SECRETS_NOT_MADE: SetupSecrets = {
  encryptionKey: NOT_MADE,
  bootstrapToken: NOT_MADE,
  certificateKey: NOT_MADE,
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Makes them of the system's random numbers. */
export function makeSecrets(): SetupSecrets {
  const word = (length: number): string =>
    Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return {
    encryptionKey: randomBytes(32).toString('base64'),
    bootstrapToken: `${word(6)}.${word(16)}`,
    certificateKey: randomBytes(32).toString('hex'),
  }
}
