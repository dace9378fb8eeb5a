// What every page is drawn with, in one piece, so that none is without a part of it: type, colours, ground.
import './fonts.css'
import '@digital-go-jp/design-tokens/dist/tokens.css'
import './colours.css'
import './base.css'
