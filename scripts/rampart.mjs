#!/usr/bin/env node
// node scripts/rampart.mjs ARGUMENT...: Rampart from this checkout, installed and built when it is first needed.
// For CI and the hook of .pre-commit-hooks.yaml; the working folder stays that of the caller.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { ensureInstalled } from './ensure-installed.mjs'
import { projectRoot } from './project-root.mjs'
import { run } from './run-command.mjs'

ensureInstalled()
if (run(process.execPath, ['scripts/build.mjs']) !== 0) process.exit(2)
const cli = path.join(projectRoot, 'dist', 'cli.js')
const { status } = spawnSync(process.execPath, [cli, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 2
