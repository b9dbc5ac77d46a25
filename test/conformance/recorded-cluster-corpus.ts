import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createChain, type Chain } from '../../src/access/chain/index.js'
import { createNodeAuthorizer } from '../../src/access/node/index.js'
import { createRbacAuthorizer } from '../../src/access/rbac/index.js'
import { attributesOfSpec } from '../../src/access/review/index.js'
import { asList, asObject, field } from '../../src/model/index.js'
import { sameJson, type Corpus } from './corpus.js'
import { recordedObjects } from './recorded-objects.js'

/** A whole cluster, and what its API server answered with `--authorization-mode=Node,RBAC`; one question a line. */
export const recordedClusterCorpus: Corpus = {
  name: 'recorded-cluster',
  engine: {
    answer(line, file) {
      const decision = chainOf(file).decide(attributesOfSpec(asObject(line.spec)))
      return [{ allowed: decision.verdict === 'allow' }]
    },
    expected: ({ allowed }) => [allowed === undefined ? undefined : { allowed }],
    equal: sameJson,
  },
  oneCase: true,
}

const chains = new Map<string, Chain>()

function chainOf(file: string): Chain {
  let chain = chains.get(file)
  if (chain === undefined) {
    const objects = recordedObjects(readObjects(path.join(path.dirname(file), 'objects')))
    chain = createChain([createNodeAuthorizer(objects), createRbacAuthorizer(objects)])
    chains.set(file, chain)
  }
  return chain
}

function readObjects(folder: string): unknown[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const bytes = readFileSync(path.join(folder, name))
      const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
      return asList(field(JSON.parse(text), 'items'))
    })
}
