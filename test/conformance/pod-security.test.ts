import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readRecording } from './find-recordings.js'
import { podSecurityCorpus } from './pod-security-corpus.js'
import { runCorpus } from './run-corpus.js'

it('gives every verdict that the Pod Security admission evaluator of Kubernetes 1.36 gave', () => {
  const file = fileURLToPath(new URL('data/pod-security.jsonl.gz', import.meta.url))
  const result = runCorpus(podSecurityCorpus, readRecording(file))
  expect(result.differences).toEqual([])
  expect(result.compared).toBe(6500)
})
