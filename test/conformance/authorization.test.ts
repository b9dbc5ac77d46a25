import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { corpora } from './corpora.js'
import { readRecording } from './find-recordings.js'
import { runCorpus } from './run-corpus.js'

it.each([
  ['rbac', 'rbac.jsonl.gz', 2000],
  ['abac', 'abac.jsonl.gz', 2000],
  ['node', 'node.jsonl.gz', 4800],
  ['chain', 'chain.jsonl.gz', 1200],
  ['covers', 'covers.jsonl.gz', 400],
  ['recorded-cluster', 'recorded-cluster/requests.jsonl.gz', 1983],
])('%s: gives every answer that Kubernetes 1.36 gave', (name, recording, count) => {
  const corpus = corpora.find((each) => each.name === name)
  const file = fileURLToPath(new URL(`data/${recording}`, import.meta.url))
  if (corpus === undefined) throw new Error(`no corpus is named ${name}`)
  const result = runCorpus(corpus, readRecording(file), file)
  expect(result.differences).toEqual([])
  expect(result.compared).toBe(count)
})
