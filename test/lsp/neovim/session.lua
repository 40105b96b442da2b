-- What a person does in Neovim, as a script: open a file, read the diagnostics, hover, apply a fix, write; complete, go to a definition and lay
-- out another. Notes go to $NOTES as JSON.
local notes = { steps = {} }
local messages = {}

local function finish(failure)
  notes.failure = failure
  notes.messages = messages
  vim.fn.writefile({ vim.fn.json_encode(notes) }, vim.env.NOTES)
  vim.cmd(failure and 'cquit 1' or 'qall!')
end

local function check(done, what)
  if not done then
    finish('waited too long for ' .. what)
  end
end

local function diagnostics(buffer)
  local list = vim.tbl_map(function(d)
    return { place = string.format('%d:%d-%d:%d', d.lnum, d.col, d.end_lnum, d.end_col), code = d.code, source = d.source, severity = d.severity }
  end, vim.diagnostic.get(buffer))
  table.sort(list, function(a, b) return a.place .. a.code < b.place .. b.code end)
  return list
end

local ok, failure = pcall(function()
  vim.notify = function(message) table.insert(messages, message) end
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.FILE))
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.start_client({
    name = 'authlint',
    cmd = vim.fn.json_decode(vim.env.SERVER),
    root_dir = vim.fn.fnamemodify(vim.env.FILE, ':h'),
    on_error = function(code, message) table.insert(messages, tostring(code) .. ' ' .. vim.inspect(message)) end,
  })
  check(vim.lsp.buf_attach_client(buffer, client), 'the client to attach')
  check(vim.wait(20000, function() return #vim.diagnostic.get(buffer) > 0 end, 20), 'diagnostics')
  notes.opened = diagnostics(buffer)

  local last = vim.api.nvim_buf_line_count(buffer)
  vim.api.nvim_win_set_cursor(0, { last, 12 })
  local hover = vim.lsp.buf_request_sync(buffer, 'textDocument/hover', vim.lsp.util.make_position_params(), 10000)
  notes.hover = hover and hover[client] and hover[client].result or vim.NIL

  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = {}, only = { 'quickfix' } }
  local actions = vim.lsp.buf_request_sync(buffer, 'textDocument/codeAction', params, 10000)
  local action = vim.tbl_filter(function(a) return a.diagnostics[1].code == 'nats/unknown-field' end, actions[client].result)[1]
  notes.action = action.title
  vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
  check(vim.wait(20000, function()
    return #vim.tbl_filter(function(d) return d.code == 'nats/unknown-field' end, vim.diagnostic.get(buffer)) == 0
  end, 20), 'the finding to go')
  vim.cmd('write')
  notes.fixed = diagnostics(buffer)
  notes.text = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)

  local other = vim.fn.bufadd(vim.env.OTHER)
  check(vim.wait(20000, function() return #vim.diagnostic.get(other) > 0 end, 20), 'diagnostics of a file that is not open')
  notes.other = diagnostics(other)

  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.THIRD))
  local third = vim.api.nvim_get_current_buf()
  check(vim.lsp.buf_attach_client(third, client), 'the client to attach to a further file')
  local function ask(method, change)
    local params = vim.lsp.util.make_position_params()
    for key, value in pairs(change or {}) do params[key] = value end
    local answers = vim.lsp.buf_request_sync(third, method, params, 10000)
    return answers and answers[client] and answers[client].result
  end

  -- Behind `max_pay` in the second line, as <C-x><C-o> asks.
  vim.api.nvim_win_set_cursor(0, { 2, 7 })
  local items = ask('textDocument/completion')
  notes.proposals = vim.tbl_map(function(match) return match.word end, vim.lsp.util.text_document_completion_list_to_complete_items(items, 'max_pay'))

  -- On the variable in the third line.
  vim.api.nvim_win_set_cursor(0, { 3, 10 })
  local definitions = ask('textDocument/definition')
  check(vim.lsp.util.jump_to_location(definitions[1], 'utf-16'), 'the jump to a definition')
  notes.definition = { file = vim.fn.expand('%:t'), cursor = vim.api.nvim_win_get_cursor(0), word = vim.fn.expand('<cword>') }

  vim.api.nvim_set_current_buf(third)
  vim.api.nvim_buf_set_lines(third, 1, 2, false, { notes.proposals[1] .. '1MB' })
  local edits = ask('textDocument/formatting', { options = { tabSize = 4, insertSpaces = true } })
  vim.lsp.util.apply_text_edits(edits, third, 'utf-16')
  notes.formatted = vim.api.nvim_buf_get_lines(third, 0, -1, false)

  vim.lsp.stop_client(client)
  check(vim.wait(10000, function() return vim.lsp.client_is_stopped(client) end, 20), 'the server to stop')
end)
finish(not ok and tostring(failure) or nil)
