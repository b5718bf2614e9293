#compdef opsx
# opsx completion for zsh. In ~/.zshrc, behind compinit: eval "$(opsx completion zsh)"
_opsx() {
  local -a found
  local line value
  while IFS= read -r line; do
    value=${${line%%$'\t'*}//:/\\:}
    if [[ $line == *$'\t'* ]]; then
      found+=("$value:${line#*$'\t'}")
    else
      found+=("$value")
    fi
  done < <("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( $#found )); then
    _describe -V opsx found
  else
    _files
  fi
}
if [[ $funcstack[1] == _opsx ]]; then
  _opsx "$@"
else
  compdef _opsx opsx
fi
