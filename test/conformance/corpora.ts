import { createRbacAuthorizer } from '../../src/access/rbac/index.js'
import { asList } from '../../src/model/index.js'
import { authorizerCorpus } from './authorizer-corpus.js'
import type { Corpus } from './corpus.js'
import { kubeletConfigCorpus } from './kubelet-config-corpus.js'
import { podSecurityCorpus } from './pod-security-corpus.js'
import { recordedObjects } from './recorded-objects.js'

/** Every kind of recording by name; those without an engine are reported as `not yet`. */
export const corpora: readonly Corpus[] = [
  authorizerCorpus('rbac', (line) => createRbacAuthorizer(recordedObjects(asList(line.objects)))),
  { name: 'abac' },
  { name: 'node' },
  { name: 'chain' },
  { name: 'covers' },
  { name: 'recorded-cluster' },
  podSecurityCorpus,
  kubeletConfigCorpus,
]
