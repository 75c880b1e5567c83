// Tells which journeys moved. While the server is away the browser connects again by itself.

export class Live extends EventTarget {
    state = 'CONNECTING';

    start() {
        const source = new EventSource('/api/live');
        source.addEventListener('open', () => {
            this.#become('LIVE');
            // Whatever was missed meanwhile.
            this.#moved(null);
        });
        source.addEventListener('moved', event => this.#moved(JSON.parse(event.data)));
        source.addEventListener('error', () => {
            this.#become('AWAY');
            if (source.readyState === EventSource.CLOSED) {
                setTimeout(() => this.start(), 3_000);
            }
        });
    }

    #moved(ids) {
        this.dispatchEvent(new CustomEvent('moved', { detail: ids }));
    }

    #become(state) {
        if (state !== this.state) {
            this.state = state;
            this.dispatchEvent(new CustomEvent('state', { detail: state }));
        }
    }
}
