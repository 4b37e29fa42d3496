/** The one script of forms. On the hosted page it helps with the form that stands there, elsewhere it brings it. */
import { embed } from "./embed";
import { hosted } from "./hosted";

const script = document.currentScript as HTMLScriptElement | null;
if (script?.dataset.hosted !== undefined) hosted();
else if (script) embed(script);
else console.warn('Kanal: write the tag as <script src="…/f/KEY.js" async></script>, not as a module');
