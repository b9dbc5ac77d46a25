#!/usr/bin/env node
// The hook of .pre-commit-hooks.yaml: Rampart from this checkout, installed and built when it is first needed.
// The arguments are those of `rampart`; the working folder is that of the commit.
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
