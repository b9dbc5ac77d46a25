// Makes node_modules fit package-lock.json. Plain Node: nothing is installed yet when this runs.
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from './project-root.mjs'
import { npm } from './run-command.mjs'

const OLDEST = [20, 19]

/** Ends the process with 2 when Node is too old, and with npm's exit code when the installation fails. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    console.error(`Rampart needs Node.js ${OLDEST.join('.')} or newer; this is ${process.versions.node}.`)
    process.exit(2)
  }
  if (isInstalled()) return
  console.log('Installing the development packages (npm ci) ...')
  // NODE_ENV=production would leave out the very packages that build Rampart.
  const code = npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) process.exit(code)
}

function isInstalled() {
  const installed = path.join(projectRoot, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return false
  return statSync(installed).mtimeMs >= statSync(path.join(projectRoot, 'package-lock.json')).mtimeMs
}
