-- A person's Neovim with Authlint as its language server, run without a screen: opens files, waits for their diagnostics, asks for
-- hovers and quick fixes, and writes what it was told as JSON.
--   nvim --headless -u NONE -c 'luafile client.lua'     REQUEST names a JSON file: { command, root, result, files, hovers, fix }
local function read_json(path)
  return vim.fn.json_decode(table.concat(vim.fn.readfile(path), '\n'))
end

local request = read_json(vim.env.REQUEST)
local result = { diagnostics = {}, shown = {}, hovers = {}, fixed = {}, problems = {} }

local function finish(code)
  vim.fn.writefile({ vim.fn.json_encode(result) }, request.result)
  vim.cmd(code == 0 and 'qa!' or 'cquit ' .. code)
end

-- Neovim keeps columns in bytes; the protocol's own words are kept beside what the editor makes of them.
local published = {}
local publications = 0
local default = vim.lsp.handlers['textDocument/publishDiagnostics']
local function on_publish(err, params, context, config)
  published[vim.uri_to_fname(params.uri)] = params.diagnostics
  publications = publications + 1
  return default(err, params, context, config)
end

local function run()
  vim.cmd('filetype on')
  local id = vim.lsp.start_client({
    name = 'authlint',
    cmd = request.command,
    root_dir = request.root,
    workspace_folders = { { uri = vim.uri_from_fname(request.root), name = 'workspace' } },
    handlers = { ['textDocument/publishDiagnostics'] = on_publish },
    on_error = function(code)
      table.insert(result.problems, 'client error ' .. tostring(code))
    end,
  })
  local buffers = {}
  for _, name in ipairs(request.files) do
    local path = request.root .. '/' .. name
    vim.cmd('edit ' .. vim.fn.fnameescape(path))
    buffers[name] = vim.api.nvim_get_current_buf()
    vim.lsp.buf_attach_client(buffers[name], id)
  end
  -- The server answers for every open file, with nothing where nothing is wrong; a second answer may follow when all files are loaded.
  local complete = vim.wait(20000, function()
    for _, name in ipairs(request.files) do
      if published[request.root .. '/' .. name] == nil then return false end
    end
    return true
  end, 20)
  if not complete then table.insert(result.problems, 'no diagnostics for some file') end
  local seen
  repeat
    seen = publications
    vim.wait(700)
  until seen == publications

  for _, name in ipairs(request.files) do
    result.diagnostics[name] = published[request.root .. '/' .. name] or {}
    result.shown[name] = #vim.diagnostic.get(buffers[name])
  end

  for _, place in ipairs(request.hovers) do
    local params = { textDocument = { uri = vim.uri_from_bufnr(buffers[place.file]) }, position = place.position }
    local answers = vim.lsp.buf_request_sync(buffers[place.file], 'textDocument/hover', params, 10000) or {}
    local answer = answers[id] and answers[id].result
    local lines = answer and vim.lsp.util.convert_input_to_markdown_lines(answer.contents) or {}
    table.insert(result.hovers, table.concat(lines, '\n'))
  end

  if request.fix then
    local buffer = buffers[request.fix.file]
    local params = {
      textDocument = { uri = vim.uri_from_bufnr(buffer) },
      range = request.fix.range,
      context = { diagnostics = result.diagnostics[request.fix.file] },
    }
    local answers = vim.lsp.buf_request_sync(buffer, 'textDocument/codeAction', params, 10000) or {}
    local client = vim.lsp.get_client_by_id(id)
    for _, action in ipairs(answers[id] and answers[id].result or {}) do
      if action.title == request.fix.title then
        if action.edit == nil then
          local resolved = vim.lsp.buf_request_sync(buffer, 'codeAction/resolve', action, 10000) or {}
          action = resolved[id] and resolved[id].result or action
        end
        vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
      end
    end
    result.fixed = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
    vim.wait(5000, function()
      return #vim.diagnostic.get(buffer) < result.shown[request.fix.file]
    end, 20)
    result.left = #vim.diagnostic.get(buffer)
  end
  vim.lsp.stop_client(id)
end

local ok, message = xpcall(run, debug.traceback)
if not ok then table.insert(result.problems, message) end
finish(ok and 0 or 1)
