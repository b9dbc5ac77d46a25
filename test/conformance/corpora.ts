import { createAbacAuthorizer } from '../../src/access/abac/index.js'
import { createNodeAuthorizer } from '../../src/access/node/index.js'
import { createRbacAuthorizer } from '../../src/access/rbac/index.js'
import { asList, asStrings } from '../../src/model/index.js'
import { authorizerCorpus } from './authorizer-corpus.js'
import type { Corpus } from './corpus.js'
import { chainCorpus } from './chain-corpus.js'
import { coversCorpus } from './covers-corpus.js'
import { kubeletConfigCorpus } from './kubelet-config-corpus.js'
import { podSecurityCorpus } from './pod-security-corpus.js'
import { recordedClusterCorpus } from './recorded-cluster-corpus.js'
import { recordedObjects } from './recorded-objects.js'

/** Every kind of recording by name; those without an engine are reported as `not yet`. */
export const corpora: readonly Corpus[] = [
  authorizerCorpus('rbac', (line) => createRbacAuthorizer(recordedObjects(asList(line.objects)))),
  authorizerCorpus('abac', (line) =>
    createAbacAuthorizer(asStrings(line.policyFile).join('\n'), 'policy.jsonl'),
  ),
  authorizerCorpus('node', (line) => createNodeAuthorizer(recordedObjects(asList(line.objects)))),
  chainCorpus,
  coversCorpus,
  recordedClusterCorpus,
  podSecurityCorpus,
  kubeletConfigCorpus,
]
