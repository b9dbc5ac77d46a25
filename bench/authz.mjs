// npm run -s bench:authz -- [--json] [--seed N]
// RBAC decisions a second through the index, and through the walk over all bindings that Kubernetes makes, on the same
// questions. Both must answer alike; no answer is kept from one question to the next.
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { generateRbac } from './generate-rbac.mjs'
import { linearRbac } from './linear-rbac.mjs'

const SIZES = [
  { count: 200, namespaces: 50, perNamespace: 20 },
  { count: 2_000, namespaces: 500, perNamespace: 20 },
  { count: 10_000, namespaces: 500, perNamespace: 100 },
]
const LINEAR_QUESTIONS = 3_000

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
})
const seed = Number(values.seed)
if (!Number.isInteger(seed)) {
  console.error('usage: npm run -s bench:authz -- [--json] [--seed N]')
  process.exit(2)
}
const here = path.dirname(fileURLToPath(import.meta.url))
spawnSync(process.execPath, [path.join(here, '../scripts/build.mjs')], { stdio: ['ignore', 2, 2] })
const { createRbacAuthorizer } = await import('../dist/index.js')
const cases = SIZES.map(measure)
if (values.json) console.log(JSON.stringify({ cases: cases.map(figures) }))
else for (const each of cases) console.log(inWords(each))

function measure(size) {
  const { objects, questions } = generateRbac({ ...size, seed })
  const authorizer = createRbacAuthorizer(objects)
  const indexed = (question) => authorizer.authorize(question).verdict === 'allow'
  const linear = linearRbac(objects)
  for (const question of questions.slice(0, 1_000)) {
    if (indexed(question) !== linear(question))
      throw new Error(`the engines differ: ${JSON.stringify(question)}`)
  }
  // Other questions first, so that the compiler of the runtime has done its work.
  rate(indexed, generateRbac({ ...size, seed: seed + 1 }).questions)
  const fast = rate(indexed, questions)
  const slow = rate(linear, questions.slice(0, LINEAR_QUESTIONS))
  return {
    clusterRoleBindings: size.count,
    questions: questions.length,
    allowed: Math.round((fast.allowed / questions.length) * 1000) / 1000,
    indexed: { decisionsPerSecond: fast.perSecond },
    linear: { decisionsPerSecond: slow.perSecond },
  }
}

function rate(decide, questions) {
  const started = process.hrtime.bigint()
  let allowed = 0
  for (const question of questions) if (decide(question)) allowed++
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  return { allowed, perSecond: Math.round(questions.length / seconds) }
}

function figures({ clusterRoleBindings, indexed, linear }) {
  return { clusterRoleBindings, indexed, linear }
}

function inWords({ clusterRoleBindings, allowed, indexed, linear }) {
  const ratio = Math.round(indexed.decisionsPerSecond / linear.decisionsPerSecond)
  return `${clusterRoleBindings} cluster role bindings: ${indexed.decisionsPerSecond} decisions a second, ${ratio} times the walk's ${linear.decisionsPerSecond} (${Math.round(allowed * 100)} % allowed)`
}
