// After `npm install` behind a registry that does not serve the packages of every platform: adds the missing optional
// ones to package-lock.json, so that `npm ci` accepts it everywhere. usage: node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs'

const SYSTEMS = /android|darwin|linux|win32|freebsd|openbsd|netbsd|sunos|aix|openharmony/
const PROCESSORS = /arm64|x64|ia32|arm|riscv64|loong64|ppc64|s390x|mips64el/

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
for (const [place, { optionalDependencies = {} }] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const path = `node_modules/${name}`
    if (lock.packages[path] || lock.packages[`${place}/${path}`]) continue
    const system = SYSTEMS.exec(name)?.[0]
    const processor = PROCESSORS.exec(name)?.[0]
    lock.packages[path] = {
      version: version.replace(/^[~^]/, ''),
      dev: true,
      optional: true,
      ...(system ? { os: [system] } : {}),
      ...(processor ? { cpu: [processor] } : {}),
    }
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
