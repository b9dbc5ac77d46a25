// npm run check:package: what a user gets. Packs the project, installs the tarball in an empty folder without scripts
// and without a network, and uses it: both commands, an audit, the library, its types.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { projectRoot } from './project-root.mjs'

const LIMIT = 5 * 1000 * 1000
const MANIFEST = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostPID: true
  containers:
    - {name: web, image: nginx, securityContext: {privileged: true}}
`
const LIBRARY = `import { audit } from 'rampart'
import { readFileSync } from 'node:fs'
const result = await audit({ manifests: readFileSync('pod.yaml', 'utf8') })
console.log(result.findings.length)
`
const CONSUMER = `import { audit, type Finding } from 'rampart'
import { askedBy, createAuthorizer, estateFrom, resourceQuestion, subjectUser } from 'rampart'
import type { Access, ChainDecision, Explanation, WhoCan } from 'rampart'
const { findings } = await audit({ manifests: '' })
export const worst: Finding | undefined = findings[0]
const authorizer: Access = createAuthorizer(await estateFrom({ manifests: '' }), ['Node', 'RBAC'])
const question = resourceQuestion({ verb: 'get', resource: 'pods', namespace: 'shop' })
const asked = askedBy(subjectUser('alice', ['devs']), question)
export const decision: ChainDecision = await authorizer.authorize(asked)
export const holders: WhoCan['holders'] = authorizer.whoCan(question).holders
export const verbs: readonly string[] = authorizer.rulesFor(subjectUser('alice'), 'shop').rules.flatMap((rule) => rule.verbs)
export const explanation: Explanation = await authorizer.explain(asked)
`

const folder = mkdtempSync(path.join(tmpdir(), 'rampart-package-'))
let failed = 0
try {
  const tarball = pack()
  step('is small, free of dependencies and of install scripts', () => checkContents(tarball))
  step('installs without scripts and without a network', () => {
    write('package.json', '{"name":"consumer","private":true,"type":"module"}')
    npm(['install', '--ignore-scripts', '--offline', '--no-audit', '--no-fund', tarball])
  })
  const { version } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'))
  for (const command of ['rampart', 'kubectl-rampart']) {
    step(`npx ${command} --version`, () => {
      expectText(npm(['exec', '--no', '--', command, '--version']).trim(), version)
    })
  }
  step('audits a manifest', () => {
    write('pod.yaml', MANIFEST)
    const output = npm(['exec', '--no', '--', 'rampart', 'audit', 'pod.yaml', '--fail-on', 'none'])
    const last = output.trimEnd().split('\n').at(-1)
    if (!/^[1-9]\d* findings: \d+ critical, /.test(last)) throw new Error(`the last line is: ${last}`)
  })
  step('is a library', () => {
    write('library.mjs', LIBRARY)
    const found = Number(execFileSync(process.execPath, ['library.mjs'], { cwd: folder, encoding: 'utf8' }))
    if (!(found > 0)) throw new Error(`audit() found ${found}`)
  })
  step('brings its types', () => checkTypes())
} catch (error) {
  failed += 1
  console.error(`FAIL ${error.message}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = failed === 0 ? 0 : 1

function pack() {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: projectRoot, stdio: 'inherit' })
  const output = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder, projectRoot])
  const packed = Object.values(JSON.parse(output))[0]
  return path.join(folder, packed.filename)
}

function checkContents(tarball) {
  const { size } = statSync(tarball)
  const names = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
  const unpacked = execFileSync('tar', ['-xOzf', tarball, 'package/package.json'], { encoding: 'utf8' })
  const {
    dependencies,
    optionalDependencies,
    peerDependencies,
    bundleDependencies,
    scripts = {},
  } = JSON.parse(unpacked)
  for (const [name, value] of Object.entries({
    dependencies,
    optionalDependencies,
    peerDependencies,
    bundleDependencies,
  })) {
    if (value !== undefined) throw new Error(`package.json has ${name}`)
  }
  const onInstall = ['preinstall', 'install', 'postinstall', 'prepare'].filter((name) => name in scripts)
  if (onInstall.length > 0) throw new Error(`package.json has the install scripts ${onInstall.join(', ')}`)
  if (size >= LIMIT) throw new Error(`the tarball has ${size} bytes; ${LIMIT} are too many`)
  const wanted = [
    'LICENSE',
    'README.md',
    'CHANGELOG.md',
    'THIRD-PARTY-LICENSES.txt',
    'dist/cli.js',
    'dist/types/index.d.ts',
  ]
  const missing = wanted.filter((name) => !names.includes(`package/${name}`))
  if (missing.length > 0) throw new Error(`the tarball lacks ${missing.join(', ')}`)
  const unwanted = names.filter((name) => /\.test\.|\/\.fingerprint$|\/src\/|\/test\//.test(name))
  if (unwanted.length > 0) throw new Error(`the tarball holds ${unwanted.join(', ')}`)
  console.log(`     ${names.length} files, ${(size / 1000).toFixed(0)} kB packed`)
}

function checkTypes() {
  write('consumer.ts', CONSUMER)
  // A Node program has Node's types; the library's own are judged too (no skipLibCheck).
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    noEmit: true,
    typeRoots: [path.join(projectRoot, 'node_modules', '@types')],
    types: ['node'],
  }
  write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
  const tsc = path.join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc')
  execFileSync(process.execPath, [tsc, '-p', folder], { cwd: folder, encoding: 'utf8' })
}

function expectText(actual, expected) {
  if (actual !== expected) throw new Error(`expected ${expected}, got ${actual}`)
}

function write(name, text) {
  writeFileSync(path.join(folder, name), text)
}

function npm(args) {
  // The name of the running script would be taken for the consumer's.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle)_/.test(name)),
  )
  return execFileSync('npm', ['--loglevel=error', ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
}

/** Runs one step; what a program that failed has said is shown. */
function step(name, run) {
  try {
    run()
    console.log(`ok   ${name}`)
  } catch (error) {
    failed += 1
    console.error(`FAIL ${name}: ${error.message}`)
    for (const text of [error.stdout, error.stderr]) if (text) console.error(String(text).trimEnd())
  }
}
