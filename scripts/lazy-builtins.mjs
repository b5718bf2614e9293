/** Modules of Node that take milliseconds to load and that most runs of opsx never use. */
const HEAVY = 'child_process|crypto|os|readline'
const DECLARATION = new RegExp(`^(\\s*)var (\\w+) = (?:__)?require\\("node:(${HEAVY})"\\);$`, 'gm')

/** `import * as fs` as esbuild writes it; copying some hundred members is for modules that are not plain objects. */
const NAMESPACE = /\bvar (\w+) = __toESM\((require\("node:\w+"\))\);/g

/** Rewrites CommonJS so that these modules load when one of their members is first read, not with the file. */
export function withLazyBuiltins(code) {
  const direct = code.replace(NAMESPACE, (whole, name, required) => {
    return new RegExp(`(?<![\\w$])${name}\\.default\\b`).test(code) ? whole : `var ${name} = ${required};`
  })
  return direct.replace(DECLARATION, (whole, indent, name, builtin) => {
    const uses = [...code.matchAll(new RegExp(`(?<![\\w.$])${name}(?![\\w$])(\\.(\\w+))?`, 'g'))]
    const members = new Set(uses.map(use => use[2]).filter(member => member !== undefined))
    if (members.size === 0 || uses.some(use => use[2] === undefined && !isDeclaration(code, use)))
      return whole
    const getters = [...members].map(
      member => `get ${member}() { return require("node:${builtin}").${member}; }`,
    )
    return `${indent}var ${name} = { ${getters.join(', ')} };`
  })
}

function isDeclaration(code, { index }) {
  return code.slice(index - 4, index) === 'var '
}
