// Starts `nas lsp` when a script is opened.
const { workspace } = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

exports.activate = () => {
  const command = workspace.getConfiguration('nas').get('path') || 'nas';
  client = new LanguageClient('nas', 'nas', { command, args: ['lsp'] }, {
    documentSelector: [{ language: 'nas' }],
    synchronize: { fileEvents: workspace.createFileSystemWatcher('**/*.nas') }
  });
  return client.start();
};

exports.deactivate = () => client && client.stop();
