/**
 * Whether the platform's programs are what was published: kubelet, API server, containerd, and what else runs everything.
 * Takes programs by path, by process and by host, images by digest, and lists, manifests and signatures of releases; gives
 * one verdict each. Reads and hashes; contacts nothing but what `fetchRelease` is told to, and runs nothing unless asked.
 */
export { hashFile, type Digests } from './binary/hash-binary.js'
export { fetchRelease, RELEASE_BINARIES, type Fetched, type FetchOptions } from './fetch/fetch-release.js'
export { STATE_WORDS, type Verdict, type VerifyFault, type VerifyState } from './judge/verdict.js'
export { parseChecksums } from './references/parse-checksums.js'
export { parseManifest, writeManifest, type ReleaseManifest } from './references/manifest.js'
export { readReferences, readText } from './references/read-references.js'
export type { References } from './references/reference.js'
export { KUBERNETES_FILES, type Signer, type SignerPolicy } from './sigstore/signed-by.js'
export { publishedTrustRoot, readTrustRoot, type TrustRoot } from './sigstore/trust-root.js'
export { verifyPlatform, type VerifyEntry, type VerifyOptions } from './verify-platform.js'
