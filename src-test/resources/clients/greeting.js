// A front end in the manner of Spring's guide to STOMP over WebSocket: it sends a name to /app/hello
// and shows what comes to /topic/greetings. With ?sockjs it is the older one, over SockJS.
'use strict';

const query = new URLSearchParams(location.search);
const host = query.get('host');

function show(text) {
  const item = document.createElement('li');
  item.textContent = text;
  document.getElementById('greetings').append(item);
}

function connected() {
  document.getElementById('send').disabled = false;
}

function overWebSocket() {
  const client = new globalThis.StompJs.Client({ brokerURL: `ws://${host}/gs-guide-websocket` });
  client.onConnect = () => {
    client.subscribe('/topic/greetings', (greeting) => show(JSON.parse(greeting.body).content));
    connected();
  };
  client.activate();
  return (name) =>
    client.publish({ destination: '/app/hello', body: JSON.stringify({ name }) });
}

function overSockJs() {
  const client = globalThis.Stomp.over(new globalThis.SockJS(`http://${host}/gs-guide-websocket`));
  client.connect({}, () => {
    client.subscribe('/topic/greetings', (greeting) => show(JSON.parse(greeting.body).content));
    connected();
  });
  return (name) => client.send('/app/hello', {}, JSON.stringify({ name }));
}

addEventListener('DOMContentLoaded', () => {
  let send;
  document.getElementById('connect').addEventListener('click', () => {
    send = query.has('sockjs') ? overSockJs() : overWebSocket();
  });
  document.getElementById('send').addEventListener('click', () => {
    send(document.getElementById('name').value);
  });
});
