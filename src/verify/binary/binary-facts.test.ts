import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goProgram, type ProgramWords } from '../../../test/kit/go-program.js'
import { readBinaryFacts } from './binary-facts.js'
import { hashBinary } from './hash-binary.js'
import { openBinary, type ByteReader } from './open-binary.js'

const reader = (bytes: Buffer): ByteReader => ({
  size: bytes.length,
  read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + Math.max(0, length))),
})

describe('what a program says of itself', () => {
  const rows: [string, ProgramWords, object][] = [
    [
      'a release built with -trimpath: the text that the linker put in',
      { version: 'v1.36.2' },
      { version: 'v1.36.2', versionFrom: 'version text', architecture: 'amd64', os: 'linux' },
    ],
    [
      'the linker flags, where the build names them',
      {
        ldflags:
          "-s -X 'k8s.io/component-base/version.gitVersion=v1.30.4+k3s1' -X k8s.io/x/version.gitMajor=1",
      },
      { version: 'v1.30.4+k3s1', versionFrom: 'linker flag' },
    ],
    [
      'gitVersion before any other version',
      {
        ldflags:
          '-X github.com/k3s-io/k3s/pkg/version.Version=v9.9.9 -X k8s.io/client-go/pkg/version.gitVersion=v1.30.4+k3s1',
      },
      { version: 'v1.30.4+k3s1' },
    ],
    [
      'the module, where nothing else says it',
      { module: 'v1.36.3' },
      { version: 'v1.36.3', versionFrom: 'module' },
    ],
    [
      'a module of a commit is no release',
      { module: 'v0.0.0-20260722180738-0f29094e5b73' },
      { version: undefined },
    ],
    [
      'nothing says it',
      {},
      { version: undefined, program: 'k8s.io/kubernetes/cmd/kubelet', goVersion: 'go1.26.5' },
    ],
    ['arm64', { machine: 'arm64', version: 'v1.36.2' }, { architecture: 'arm64', version: 'v1.36.2' }],
    ["a vendor's", { version: 'v1.32.4-dispatcher' }, { version: 'v1.32.4-dispatcher' }],
  ]
  it.each(rows)('%s', async (_, words, expected) => {
    const facts = await readBinaryFacts(reader(goProgram(words)))
    for (const [key, value] of Object.entries(expected))
      expect([key, facts[key as keyof typeof facts]]).toEqual([key, value])
  })

  it('a script and an empty file say nothing', async () => {
    expect(await readBinaryFacts(reader(Buffer.from('#!/bin/sh\nexec kubelet\n')))).toEqual({
      format: 'unknown',
    })
    expect(await readBinaryFacts(reader(Buffer.alloc(0)))).toEqual({ format: 'unknown' })
  })

  it('a damaged file makes no error, wherever it was damaged', async () => {
    const whole = goProgram({ version: 'v1.36.2', ldflags: '-s -w' })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }),
        fc.nat(whole.length),
        async (changes, end) => {
          const copy = Buffer.from(whole)
          for (const [at, value] of changes) copy[at] = value
          const facts = await readBinaryFacts(reader(copy.subarray(0, end)))
          expect(['elf', 'mach-o', 'pe', 'unknown']).toContain(facts.format)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('files', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'rampart-binary-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are hashed as sha256 and sha512, whatever their size', async () => {
    for (const size of [0, 1, (1 << 20) - 1, 1 << 20, (5 << 20) + 3]) {
      const bytes = Buffer.alloc(size, 7)
      const file = path.join(folder, `size-${size}`)
      writeFileSync(file, bytes)
      const opened = await openBinary(file)
      const hex = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex')
      expect(await hashBinary(opened, true)).toEqual({
        sha256: hex('sha256'),
        sha512: hex('sha512'),
        md5: hex('md5'),
      })
      await opened.close()
    }
  })

  it('that are links, folders or missing are not opened', async () => {
    symlinkSync('size-1', path.join(folder, 'link'))
    await expect(openBinary(path.join(folder, 'link'))).rejects.toMatchObject({ code: 'ELOOP' })
    await expect(openBinary(folder)).rejects.toThrow()
    await expect(openBinary(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
