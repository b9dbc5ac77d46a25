// npm run -s bench:serve -- [--json] [--seconds N]
// Requests a second of the served authorizer beside a bare node:https server that answers a constant: same certificates,
// same clients over kept connections with client certificates, in turns in one run.
import { fork, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'

const HERE = path.dirname(fileURLToPath(import.meta.url))
const ROUNDS = 5
const CONNECTIONS = 8
/** Enough clients that the server is what is waited for. */
const LOADERS = 2
const REVIEW = JSON.stringify({
  apiVersion: 'authorization.k8s.io/v1',
  kind: 'SubjectAccessReview',
  spec: {
    user: 'system:serviceaccount:shop:web',
    groups: ['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated'],
    resourceAttributes: {
      namespace: 'shop',
      verb: 'get',
      version: 'v1',
      resource: 'configmaps',
      name: 'web',
    },
  },
})

const POLICY = `apiVersion: rampart.dev/v1
kind: AuthorizationPolicy
rules:
  - { name: guard, effect: deny, resources: [secrets], when: "!('ops' in request.groups)" }
  - { name: readers, effect: allow, verbs: [get, list], namespaces: [shop], when: "request.user.startsWith('system:serviceaccount:shop:')" }
`

if (process.argv[2] === 'bare') bare(process.argv[3])
else if (process.argv[2] === 'load')
  await load(process.argv[3], Number(process.argv[4]), Number(process.argv[5]))
else await main()

/** The simplest server that there is: it reads the body and answers always the same. */
function bare(folder) {
  const answer = JSON.stringify({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    status: { allowed: true, reason: 'constant' },
  })
  const server = https.createServer(
    { ...files(folder, 'server'), requestCert: true },
    (request, response) => {
      request.on('data', () => undefined)
      request.on('end', () => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(answer),
        })
        response.end(answer)
      })
    },
  )
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
}

function files(folder, name) {
  const read = (file) => readFileSync(path.join(folder, file))
  return { cert: read(`${name}.crt`), key: read(`${name}.key`), ca: read('ca.crt') }
}

async function load(folder, port, seconds) {
  const agent = new https.Agent({ keepAlive: true, maxSockets: CONNECTIONS, ...files(folder, 'client') })
  const until = performance.now() + seconds * 1000
  let answered = 0
  const one = () =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': REVIEW.length }
      const request = https.request(
        { host: '127.0.0.1', port, path: '/authorize', method: 'POST', agent, headers },
        (response) => {
          response.on('data', () => undefined)
          response.on('end', () =>
            response.statusCode === 200 ? resolve() : reject(new Error(String(response.statusCode))),
          )
        },
      )
      request.on('error', reject)
      request.end(REVIEW)
    })
  const worker = async () => {
    while (performance.now() < until) {
      await one()
      answered++
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  agent.destroy()
  process.send(answered / seconds)
}

async function main() {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, seconds: { type: 'string', default: '3' } },
  })
  spawnSync(process.execPath, [path.join(HERE, '../scripts/build.mjs')], { stdio: ['ignore', 2, 2] })
  const folder = mkdtempSync(path.join(tmpdir(), 'rampart-serve-bench-'))
  const children = []
  try {
    spawnSync(
      process.execPath,
      [path.join(HERE, '../scripts/run-ts.mjs'), 'test/kit/certificates-main.ts', folder],
      { stdio: ['ignore', 2, 2], cwd: path.join(HERE, '..') },
    )
    writeFileSync(path.join(folder, 'policy.yaml'), POLICY)
    const plain = fork(fileURLToPath(import.meta.url), ['bare', folder])
    const ours = spawn(process.execPath, [
      path.join(HERE, '../dist/cli.js'),
      ...['serve', 'authorizer', '--listen', '127.0.0.1:0', '--policy', path.join(folder, 'policy.yaml')],
      ...[
        '--tls-cert',
        path.join(folder, 'server.crt'),
        '--tls-key',
        path.join(folder, 'server.key'),
        '--client-ca',
        path.join(folder, 'ca.crt'),
      ],
    ])
    children.push(plain, ours)
    const ports = { bare: await message(plain), rampart: await portOf(ours) }
    const rates = { bare: [], rampart: [] }
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of round % 2 === 0 ? ['bare', 'rampart'] : ['rampart', 'bare']) {
        const loaders = Array.from({ length: LOADERS }, () =>
          fork(fileURLToPath(import.meta.url), ['load', folder, String(ports[name]), values.seconds]),
        )
        const each = await Promise.all(loaders.map(message))
        rates[name].push(each.reduce((sum, rate) => sum + rate, 0))
      }
    }
    const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
    const [bareRate, ownRate] = [median(rates.bare), median(rates.rampart)]
    const result = {
      bare: { requestsPerSecond: Math.round(bareRate) },
      rampart: { requestsPerSecond: Math.round(ownRate) },
      ratio: Math.round((ownRate / bareRate) * 1000) / 1000,
    }
    console.log(
      values.json
        ? JSON.stringify(result)
        : `served authorizer: ${result.rampart.requestsPerSecond} requests a second, ${Math.round(result.ratio * 100)} % of the bare server's ${result.bare.requestsPerSecond}`,
    )
  } finally {
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

function message(child) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)))
  })
}

function portOf(child) {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stderr.on('data', (chunk) => {
      text += chunk
      const found = /127\.0\.0\.1:(\d+)/.exec(text)
      if (found !== null) resolve(Number(found[1]))
    })
    child.once('exit', () => reject(new Error(text)))
  })
}
