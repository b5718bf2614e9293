// Preloaded where there is no /usr/bin/time: the process itself says how much memory it used at most.
process.on('exit', () => {
  process.stderr.write(`\nMaximum resident set size (kbytes): ${process.resourceUsage().maxRSS}\n`)
})
