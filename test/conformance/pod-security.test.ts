import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { evaluatePodSecurity } from '../../src/kube/index.js'
import { asList, asObject, asString, field } from '../../src/model/index.js'
import { readRecording } from './find-recordings.js'
import { podSecurityCorpus } from './pod-security-corpus.js'
import { runCorpus } from './run-corpus.js'

const lines = readRecording(fileURLToPath(new URL('data/pod-security.jsonl.gz', import.meta.url)))

it('gives every verdict that the Pod Security admission evaluator of Kubernetes 1.36 gave', () => {
  const result = runCorpus(podSecurityCorpus, lines, '')
  expect(result.differences).toEqual([])
  expect(result.compared).toBe(6500)
})

it('explains each as that evaluator did', () => {
  let compared = 0
  for (const line of lines) {
    const pod = asObject(field(line, 'pod'))
    const explained = asList(field(line, 'results')).find((result) => field(result, 'details') !== undefined)
    if (explained === undefined) continue
    const version = asString(field(explained, 'version')) ?? ''
    const template = { metadata: asObject(pod.metadata), spec: asObject(pod.spec) }
    const details = evaluatePodSecurity(template, 'restricted', version).map(({ check, message }) => [
      check,
      /^[^(]* \((.*)\)$/s.exec(message)?.[1],
    ])
    expect(Object.fromEntries(details)).toEqual(field(explained, 'details'))
    compared += 1
  }
  expect(compared).toBeGreaterThan(200)
})
