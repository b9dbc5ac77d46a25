import { readFileSync } from 'node:fs'
import https from 'node:https'
import type { TestCluster } from '../../cluster/start-cluster.js'
import type { Spec } from './generate-questions.js'

/** The status of a SubjectAccessReview. */
export interface ReviewStatus {
  readonly allowed: boolean
  readonly denied?: boolean
  readonly reason?: string
  readonly evaluationError?: string
}

const AT_ONCE = 16
const PATH = '/apis/authorization.k8s.io/v1/subjectaccessreviews'

/** Asks the API server every question, in order, a few at a time. */
export async function askReviews(
  { server, ca, admin }: TestCluster,
  specs: readonly Spec[],
): Promise<ReviewStatus[]> {
  const agent = new https.Agent({
    keepAlive: true,
    maxSockets: AT_ONCE,
    ca: readFileSync(ca.cert),
    cert: readFileSync(admin.cert),
    key: readFileSync(admin.key),
  })
  const answers: ReviewStatus[] = []
  const left = specs.entries()
  const worker = async (): Promise<void> => {
    for (const [index, spec] of left) answers[index] = await review(agent, new URL(PATH, server), spec)
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    return answers
  } finally {
    agent.destroy()
  }
}

function review(agent: https.Agent, url: URL, spec: Spec): Promise<ReviewStatus> {
  const body = JSON.stringify({ apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec })
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const request = https.request(url, { agent, method: 'POST', headers, timeout: 60_000 }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === 201) resolve((JSON.parse(text) as { status: ReviewStatus }).status)
        else reject(new Error(`HTTP ${response.statusCode ?? 0} for ${body}:\n${text}`))
      })
    })
    request.on('timeout', () => request.destroy(new Error('no answer within a minute')))
    request.on('error', reject)
    request.end(body)
  })
}
