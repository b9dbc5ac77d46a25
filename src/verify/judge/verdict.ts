import type { Signer, SignatureFault } from '../sigstore/signed-by.js'

/** What is known of one program or image. */
export type VerifyState =
  | 'verified'
  | 'checksum-only'
  | 'mismatch'
  | 'unsigned'
  | 'time-not-proven'
  | 'unknown-version'
  | 'no-reference'
  | 'not-checked'

/** The states in words, as they are told. */
export const STATE_WORDS: Readonly<Record<VerifyState, string>> = {
  verified: 'verified',
  'checksum-only': 'verified by checksum only',
  mismatch: 'MISMATCH',
  unsigned: 'unsigned',
  'time-not-proven': 'signature valid, signing time not proven',
  'unknown-version': 'unknown version',
  'no-reference': 'no reference',
  'not-checked': 'not checked',
}

/** What exactly does not fit. */
export type VerifyFault =
  SignatureFault | 'checksum' | 'swapped-checksum' | 'contradicting-checksums' | 'other-file' | 'package-list'

/** The answer for one program or image. */
export interface Verdict {
  readonly state: VerifyState
  /** One sentence. */
  readonly reason: string
  readonly fault?: VerifyFault
  /** The command that would get what is missing. */
  readonly command?: string
  /** Where the reference stands that the file was compared with. */
  readonly reference?: string
  readonly signer?: Signer
  /** The version that the reference gives these bytes; the program's own word can be made up. */
  readonly provenVersion?: string
}
