import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { hashOf, stampMatches, writeStamp } from './hash.mjs'
import { withLock } from './lock.mjs'
import { npm } from './npm.mjs'
import { ROOT, say } from './step.mjs'

const STAMP = 'node_modules/.kickstand-stamp'
/**
 * Installs from the lockfile without rewriting it. Not `npm ci`, which rejects a lockfile that lacks optional binaries
 * of other platforms.
 */
const INSTALL = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
const ADVICE = 'check the connection to the npm registry and the free disk space, then run it again'

/** Installs the dependencies of package-lock.json, if node_modules is out of date. */
export async function ensureDependencies(node) {
  if (stampMatches(STAMP, manifestsHash())) return
  await withLock('dependencies', async () => {
    const hash = manifestsHash()
    if (stampMatches(STAMP, hash)) return
    if (!installedByHand()) {
      say('dependencies', 'installing')
      await npm('dependencies', node, INSTALL, ADVICE)
    }
    writeStamp(STAMP, hash)
  })
}

function manifestsHash() {
  const { workspaces } = readJson('package.json')
  const folders = workspaces.flatMap((pattern) =>
    pattern.endsWith('/*') ? subfolders(pattern.slice(0, -2)) : [pattern],
  )
  return hashOf(['package.json', 'package-lock.json', ...folders.map((folder) => `${folder}/package.json`)])
}

function subfolders(parent) {
  return readdirSync(path.join(ROOT, parent))
    .toSorted()
    .map((name) => `${parent}/${name}`)
}

/** Whether a manual `npm install` already installed exactly the lockfile: npm keeps a list of installed packages. */
function installedByHand() {
  const list = 'node_modules/.package-lock.json'
  if (!existsSync(path.join(ROOT, list))) return false
  const installed = readJson(list).packages
  const wanted = new Map(Object.entries(readJson('package-lock.json').packages).filter(([at]) => isPackage(at)))
  const nothingExtra = Object.keys(installed).every((at) => wanted.has(at) || !isPackage(at))
  const nothingMissing = [...wanted].every(([at, { version, optional, peer }]) =>
    installed[at] ? installed[at].version === version : optional === true || peer === true,
  )
  return nothingExtra && nothingMissing
}

function isPackage(at) {
  return at.includes('node_modules/')
}

function readJson(file) {
  return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'))
}
