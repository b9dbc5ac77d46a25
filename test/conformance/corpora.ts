import type { Corpus } from './corpus.js'
import { kubeletConfigCorpus } from './kubelet-config-corpus.js'
import { podSecurityCorpus } from './pod-security-corpus.js'

/** Every kind of recording by name; those without an engine are reported as `not yet`. */
export const corpora: readonly Corpus[] = [
  { name: 'rbac' },
  { name: 'abac' },
  { name: 'node' },
  { name: 'chain' },
  { name: 'covers' },
  { name: 'recorded-cluster' },
  podSecurityCorpus,
  kubeletConfigCorpus,
]
