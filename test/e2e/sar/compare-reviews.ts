import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { attributesOfSpec, createAuthorizer, type ChainDecision } from '../../../src/access/index.js'
import { chainOfWords } from '../../../src/cli/access/named-chain.js'
import { readInputs } from '../../../src/cli/inputs.js'
import { startCluster, type TestCluster } from '../../cluster/start-cluster.js'
import { writeKubeconfig } from '../../cluster/write-kubeconfig.js'
import { makeCertificates } from '../../kit/certificates.js'
import { askReviews, type ReviewStatus } from './ask-reviews.js'
import { createObjects } from './create-objects.js'
import { Draw } from './draw.js'
import { generateObjects } from './generate-objects.js'
import { generateChain, generatePolicy } from './generate-policy.js'
import { generateQuestions, type Spec } from './generate-questions.js'
import { startWebhook } from './scripted-webhook.js'

export interface Comparison {
  readonly equal: number
  /** How many were allowed, denied, and refused without an opinion: a comparison of nothing but refusals says little. */
  readonly verdicts: Readonly<Record<string, number>>
  /** Each in a few lines. */
  readonly differences: readonly string[]
}

/**
 * Makes a cluster whose API server asks Node, RBAC, ABAC and a webhook, in an order that hangs on the seed; fills it with
 * objects; and asks the same questions of the API server and of our engine, which reads the cluster as every command
 * does, and the chain from the API server's own files.
 */
export async function compareReviews(
  count: number,
  seed: number,
  say: (line: string) => void,
): Promise<Comparison> {
  const draw = new Draw(seed)
  const dir = mkdtempSync(path.join(tmpdir(), 'rampart-sar-'))
  const webhook = await serveWebhook(dir)
  let cluster: TestCluster | undefined
  try {
    const chain = path.join(dir, 'authorization.json')
    const policy = path.join(dir, 'policy.jsonl')
    writeFileSync(chain, generateChain(draw, webhook.kubeconfig))
    writeFileSync(policy, generatePolicy(draw))
    const flags = { authorizationConfig: chain, authorizationPolicyFile: policy }
    cluster = await startCluster({ ...flags, kubelet: false, scheduler: false, say })
    const objects = generateObjects(draw)
    say(`creating ${objects.length} objects`)
    await createObjects(cluster, objects)
    const specs = generateQuestions(draw, objects, count)
    const words = [`--authorization-config=${chain}`, `--authorization-policy-file=${policy}`]
    const ours = await ask(cluster.kubeconfig, words, specs, say)
    say(`asking the API server ${count} questions`)
    return compare(specs, await askReviews(cluster, specs), ours)
  } finally {
    await cluster?.stop()
    webhook.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The webhook, and the kubeconfig file by which it is asked. */
async function serveWebhook(
  dir: string,
): Promise<{ readonly kubeconfig: string; readonly close: () => void }> {
  const files = await makeCertificates(path.join(dir, 'pki'))
  const { url, server } = await startWebhook(files)
  const client = { cert: files.clientCert, key: files.clientKey }
  const kubeconfig = path.join(dir, 'webhook.kubeconfig')
  writeKubeconfig(kubeconfig, { server: url, ca: files.ca }, 'kube-apiserver', client)
  return {
    kubeconfig,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Our own answers, from what the cluster holds. */
async function ask(
  kubeconfig: string,
  words: readonly string[],
  specs: readonly Spec[],
  say: (line: string) => void,
): Promise<ChainDecision[]> {
  const terminal = {
    out: say,
    err: say,
    color: false,
    width: 120,
    interactive: false,
    progress: () => undefined,
  }
  const context = { terminal, setExit: () => undefined }
  const estate = await readInputs([], { kubeconfig, strict: true }, context, { extent: 'access' })
  const { specs: authorizers } = await chainOfWords(words, true)
  const access = createAuthorizer(estate, authorizers)
  say(`deciding from ${estate.objects.length} objects read`)
  const decisions: ChainDecision[] = []
  for (const spec of specs) decisions.push(await access.authorize(attributesOfSpec(spec)))
  return decisions
}

function compare(
  specs: readonly Spec[],
  theirs: readonly ReviewStatus[],
  ours: readonly ChainDecision[],
): Comparison {
  const verdicts: Record<string, number> = {}
  const differences = specs.flatMap((spec, index) => {
    const [their, our] = [theirs[index], ours[index]]
    if (their === undefined || our === undefined) return ['a question without an answer']
    verdicts[our.verdict] = (verdicts[our.verdict] ?? 0) + 1
    const difference = differenceOf(their, our)
    return difference === undefined ? [] : [`${JSON.stringify(spec)}\n${difference}`]
  })
  return { equal: specs.length - differences.length, verdicts, differences }
}

function differenceOf(their: ReviewStatus, our: ChainDecision): string | undefined {
  const verdict = their.allowed ? 'allow' : their.denied === true ? 'deny' : 'noOpinion'
  const failed = (their.evaluationError ?? '').replace(OF_THE_REVIEW, '').trim() !== ''
  const same =
    verdict === our.verdict &&
    ordered(their.reason ?? '') === ordered(our.reason) &&
    // An error that came before an allowing authorizer is not told.
    (their.allowed || failed === (our.error !== undefined))
  if (same) return undefined
  const { reason, error } = our
  return `  API server: ${verdict}, ${JSON.stringify(their)}\n  Rampart:    ${our.verdict}, ${JSON.stringify({ reason, error })}`
}

/** What the review itself has to say of a question, before any authorizer is asked. */
const OF_THE_REVIEW = /spec\.resourceAttributes\.(field|label)Selector ignored due to parse error/g

/** Which of several bindings is named, and the order of missing roles, hang on the order in the API server's cache. */
function ordered(reason: string): string {
  return reason
    .replace(/RBAC: allowed by (Cluster)?RoleBinding .*/, 'RBAC: allowed')
    .replace(/RBAC: \[(.*)\]/, (_all, missing: string) => `RBAC: ${missing.split(', ').sort().join(', ')}`)
}
