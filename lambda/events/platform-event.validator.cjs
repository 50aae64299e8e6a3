// Generated from platform-event.schema.ts by `npm run generate`. Do not edit.
"use strict";
module.exports = validate10;
module.exports.default = validate10;
const schema11 = {"$id":"PlatformEvent","type":"object","required":["type"],"properties":{"type":{"enum":["order.registered.v1","payment.authorized.v1","payment.captured.v1","payment.failed.v1","payment.refunded_elsewhere.v1"]}},"discriminator":{"propertyName":"type"},"oneOf":[{"title":"An order was placed","description":"From now on it can be canceled: as a whole until it is captured. Its payment is REQUESTED.","type":"object","required":["specversion","id","source","type","time","data"],"properties":{"specversion":{"const":"1.0","description":"Of CloudEvents."},"id":{"type":"string","minLength":1,"maxLength":256,"description":"The platform's own: an event that is sent again has the same one."},"source":{"const":"payment-platform","description":"Who sends it: the platform."},"type":{"const":"order.registered.v1","description":"What it is."},"time":{"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$","description":"When it became so: ISO 8601."},"data":{"type":"object","required":["storeId","orderNo","currencyCode","refundMethod","items"],"properties":{"storeId":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"The store, as its access keys are issued for."},"orderNo":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"The order. Unique within its store."},"currencyCode":{"enum":["AED","AFN","ALL","AMD","ANG","AOA","ARS","AUD","AWG","AZN","BAM","BBD","BDT","BGN","BHD","BIF","BMD","BND","BOB","BOV","BRL","BSD","BTN","BWP","BYN","BZD","CAD","CDF","CHE","CHF","CHW","CLF","CLP","CNY","COP","COU","CRC","CUP","CVE","CZK","DJF","DKK","DOP","DZD","EGP","ERN","ETB","EUR","FJD","FKP","GBP","GEL","GHS","GIP","GMD","GNF","GTQ","GYD","HKD","HNL","HTG","HUF","IDR","ILS","INR","IQD","IRR","ISK","JMD","JOD","JPY","KES","KGS","KHR","KMF","KPW","KRW","KWD","KYD","KZT","LAK","LBP","LKR","LRD","LSL","LYD","MAD","MDL","MGA","MKD","MMK","MNT","MOP","MRU","MUR","MVR","MWK","MXN","MXV","MYR","MZN","NAD","NGN","NIO","NOK","NPR","NZD","OMR","PAB","PEN","PGK","PHP","PKR","PLN","PYG","QAR","RON","RSD","RUB","RWF","SAR","SBD","SCR","SDG","SEK","SGD","SHP","SLE","SOS","SRD","SSP","STN","SVC","SYP","SZL","THB","TJS","TMT","TND","TOP","TRY","TTD","TWD","TZS","UAH","UGX","USD","USN","UYI","UYU","UYW","UZS","VED","VES","VND","VUV","WST","XAF","XCD","XCG","XOF","XPF","YER","ZAR","ZMW","ZWG"],"description":"ISO 4217: the currency of all amounts."},"refundMethod":{"enum":["ORIGINAL","BANK_ACCOUNT"],"description":"ORIGINAL: refunds go back the way that the money came. BANK_ACCOUNT: to an account that each request names."},"items":{"type":"array","minItems":1,"maxItems":500,"items":{"type":"object","required":["seq","itemType","itemId","quantity","amount"],"properties":{"seq":{"type":"integer","minimum":1,"maximum":1000000,"description":"Number of the line. Unique within its order."},"itemType":{"enum":["PHYSICAL","DIGITAL","SUBSCRIPTION","DELIVERY","SERVICE"],"description":"DELIVERY for the costs of delivery, which responses sum up apart."},"itemId":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"The product."},"quantity":{"type":"integer","minimum":1,"maximum":1000000,"description":"Units that are paid for."},"amount":{"type":"number","minimum":0,"maximum":999999999999999,"description":"Per unit, tax included, in major units: 10.5 USD, 1000 KRW."},"taxAmount":{"type":"number","minimum":0,"maximum":999999999999999,"description":"Per unit, and part of the amount. 0 if it is left out."}}},"description":"The lines. An order that is not captured yet has at most 100. Their total has at most 15 digits."}}}}},{"title":"A payment was authorized","description":"The money is reserved, and not taken yet.","type":"object","required":["specversion","id","source","type","time","data"],"properties":{"specversion":{"const":"1.0","description":"Of CloudEvents."},"id":{"type":"string","minLength":1,"maxLength":256,"description":"The platform's own: an event that is sent again has the same one."},"source":{"const":"payment-platform","description":"Who sends it: the platform."},"type":{"const":"payment.authorized.v1","description":"What it is."},"time":{"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$","description":"When it became so: ISO 8601."},"data":{"type":"object","required":["storeId","orderNo"],"properties":{"storeId":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"The store, as its access keys are issued for."},"orderNo":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"The order. Unique within its store."}}}}},{"title":"A payment was captured","description":"The money was taken, for the whole order. With `order` the event registers the order as well, so that one event is enough. If the order was canceled meanwhile, the money goes back by itself.","type":"object","required":["specversion","id","source","type","time","data"],"properties":{"specversion":{"const":"1.0","description":"Of CloudEvents."},"id":{"type":"string","minLength":1,"maxLength":256,"description":"The platform's own: an event that is sent again has the same one."},"source":{"const":"payment-platform","description":"Who sends it: the platform."},"type":{"const":"payment.captured.v1","description":"What it is."},"time":{"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$","description":"When it became so: ISO 8601."},"data":{"type":"object","required":["storeId","orderNo","currencyCode","amount"],"properties":{"storeId":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"The store, as its access keys are issued for."},"orderNo":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"The order. Unique within its store."},"currencyCode":{"enum":["AED","AFN","ALL","AMD","ANG","AOA","ARS","AUD","AWG","AZN","BAM","BBD","BDT","BGN","BHD","BIF","BMD","BND","BOB","BOV","BRL","BSD","BTN","BWP","BYN","BZD","CAD","CDF","CHE","CHF","CHW","CLF","CLP","CNY","COP","COU","CRC","CUP","CVE","CZK","DJF","DKK","DOP","DZD","EGP","ERN","ETB","EUR","FJD","FKP","GBP","GEL","GHS","GIP","GMD","GNF","GTQ","GYD","HKD","HNL","HTG","HUF","IDR","ILS","INR","IQD","IRR","ISK","JMD","JOD","JPY","KES","KGS","KHR","KMF","KPW","KRW","KWD","KYD","KZT","LAK","LBP","LKR","LRD","LSL","LYD","MAD","MDL","MGA","MKD","MMK","MNT","MOP","MRU","MUR","MVR","MWK","MXN","MXV","MYR","MZN","NAD","NGN","NIO","NOK","NPR","NZD","OMR","PAB","PEN","PGK","PHP","PKR","PLN","PYG","QAR","RON","RSD","RUB","RWF","SAR","SBD","SCR","SDG","SEK","SGD","SHP","SLE","SOS","SRD","SSP","STN","SVC","SYP","SZL","THB","TJS","TMT","TND","TOP","TRY","TTD","TWD","TZS","UAH","UGX","USD","USN","UYI","UYU","UYW","UZS","VED","VES","VND","VUV","WST","XAF","XCD","XCG","XOF","XPF","YER","ZAR","ZMW","ZWG"],"description":"ISO 4217: the currency of all amounts."},"amount":{"type":"number","minimum":0,"maximum":999999999999999,"description":"The total of the order in major units."},"order":{"type":"object","required":["refundMethod","items"],"properties":{"refundMethod":{"enum":["ORIGINAL","BANK_ACCOUNT"],"description":"ORIGINAL: refunds go back the way that the money came. BANK_ACCOUNT: to an account that each request names."},"items":{"type":"array","minItems":1,"maxItems":500,"items":{"type":"object","required":["seq","itemType","itemId","quantity","amount"],"properties":{"seq":{"type":"integer","minimum":1,"maximum":1000000,"description":"Number of the line. Unique within its order."},"itemType":{"enum":["PHYSICAL","DIGITAL","SUBSCRIPTION","DELIVERY","SERVICE"],"description":"DELIVERY for the costs of delivery, which responses sum up apart."},"itemId":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"The product."},"quantity":{"type":"integer","minimum":1,"maximum":1000000,"description":"Units that are paid for."},"amount":{"type":"number","minimum":0,"maximum":999999999999999,"description":"Per unit, tax included, in major units: 10.5 USD, 1000 KRW."},"taxAmount":{"type":"number","minimum":0,"maximum":999999999999999,"description":"Per unit, and part of the amount. 0 if it is left out."}}},"description":"The lines. An order that is not captured yet has at most 100. Their total has at most 15 digits."}},"description":"The order, if it was not registered before. If it was, it has to be the same."}}}}},{"title":"A payment has failed for good","description":"The order cannot be paid any more. A platform sends it only when that is final: not for a first card after which a second one is tried.","type":"object","required":["specversion","id","source","type","time","data"],"properties":{"specversion":{"const":"1.0","description":"Of CloudEvents."},"id":{"type":"string","minLength":1,"maxLength":256,"description":"The platform's own: an event that is sent again has the same one."},"source":{"const":"payment-platform","description":"Who sends it: the platform."},"type":{"const":"payment.failed.v1","description":"What it is."},"time":{"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$","description":"When it became so: ISO 8601."},"data":{"type":"object","required":["storeId","orderNo"],"properties":{"storeId":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"The store, as its access keys are issued for."},"orderNo":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"The order. Unique within its store."}}}}},{"title":"Money went back without this service","description":"It was refunded at the PSP, or charged back. It counts as canceled, so that nobody refunds it again, and no executor is asked for it. The `id` of the event identifies it for ever.","type":"object","required":["specversion","id","source","type","time","data"],"properties":{"specversion":{"const":"1.0","description":"Of CloudEvents."},"id":{"type":"string","pattern":"^[A-Za-z0-9._:-]{1,128}$","description":"The platform's own: an event that is sent again has the same one."},"source":{"const":"payment-platform","description":"Who sends it: the platform."},"type":{"const":"payment.refunded_elsewhere.v1","description":"What it is."},"time":{"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$","description":"When it became so: ISO 8601."},"data":{"type":"object","required":["storeId","orderNo","currencyCode","reason","items"],"properties":{"storeId":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"The store, as its access keys are issued for."},"orderNo":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"The order. Unique within its store."},"currencyCode":{"enum":["AED","AFN","ALL","AMD","ANG","AOA","ARS","AUD","AWG","AZN","BAM","BBD","BDT","BGN","BHD","BIF","BMD","BND","BOB","BOV","BRL","BSD","BTN","BWP","BYN","BZD","CAD","CDF","CHE","CHF","CHW","CLF","CLP","CNY","COP","COU","CRC","CUP","CVE","CZK","DJF","DKK","DOP","DZD","EGP","ERN","ETB","EUR","FJD","FKP","GBP","GEL","GHS","GIP","GMD","GNF","GTQ","GYD","HKD","HNL","HTG","HUF","IDR","ILS","INR","IQD","IRR","ISK","JMD","JOD","JPY","KES","KGS","KHR","KMF","KPW","KRW","KWD","KYD","KZT","LAK","LBP","LKR","LRD","LSL","LYD","MAD","MDL","MGA","MKD","MMK","MNT","MOP","MRU","MUR","MVR","MWK","MXN","MXV","MYR","MZN","NAD","NGN","NIO","NOK","NPR","NZD","OMR","PAB","PEN","PGK","PHP","PKR","PLN","PYG","QAR","RON","RSD","RUB","RWF","SAR","SBD","SCR","SDG","SEK","SGD","SHP","SLE","SOS","SRD","SSP","STN","SVC","SYP","SZL","THB","TJS","TMT","TND","TOP","TRY","TTD","TWD","TZS","UAH","UGX","USD","USN","UYI","UYU","UYW","UZS","VED","VES","VND","VUV","WST","XAF","XCD","XCG","XOF","XPF","YER","ZAR","ZMW","ZWG"],"description":"ISO 4217: the currency of all amounts."},"reason":{"enum":["REFUND","CHARGEBACK"],"description":"REFUND: by hand, at the PSP. CHARGEBACK: by the bank of the buyer."},"items":{"type":"array","minItems":1,"maxItems":100,"items":{"type":"object","required":["seq","quantity","amount"],"properties":{"seq":{"type":"integer","minimum":1,"maximum":1000000,"description":"Number of the order line."},"quantity":{"type":"integer","minimum":1,"maximum":1000000,"description":"Units that the amount is of."},"amount":{"type":"number","minimum":0,"maximum":999999999999999,"description":"Per unit, tax included. The full unit amount cancels units; with less they stay."}}},"description":"What of which lines. Together it is the money that went back."}}}}}]};
const func2 = require("ajv/dist/runtime/ucs2length").default;
const pattern0 = new RegExp("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$", "u");
const pattern1 = new RegExp("^[A-Za-z0-9._-]{1,64}$", "u");
const pattern14 = new RegExp("^[A-Za-z0-9._:-]{1,128}$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="PlatformEvent" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.type !== undefined){
let data0 = data.type;
if(!(((((data0 === "order.registered.v1") || (data0 === "payment.authorized.v1")) || (data0 === "payment.captured.v1")) || (data0 === "payment.failed.v1")) || (data0 === "payment.refunded_elsewhere.v1"))){
const err1 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/enum",keyword:"enum",params:{allowedValues: schema11.properties.type.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "order.registered.v1"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.specversion === undefined){
const err2 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "specversion"},message:"must have required property '"+"specversion"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.id === undefined){
const err3 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.source === undefined){
const err4 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "source"},message:"must have required property '"+"source"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.type === undefined){
const err5 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.time === undefined){
const err6 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "time"},message:"must have required property '"+"time"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data.data === undefined){
const err7 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "data"},message:"must have required property '"+"data"+"'"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data.specversion !== undefined){
if("1.0" !== data.specversion){
const err8 = {instancePath:instancePath+"/specversion",schemaPath:"#/oneOf/0/properties/specversion/const",keyword:"const",params:{allowedValue: "1.0"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.id !== undefined){
let data2 = data.id;
if(typeof data2 === "string"){
if(func2(data2) > 256){
const err9 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/0/properties/id/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func2(data2) < 1){
const err10 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/0/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/0/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.source !== undefined){
if("payment-platform" !== data.source){
const err12 = {instancePath:instancePath+"/source",schemaPath:"#/oneOf/0/properties/source/const",keyword:"const",params:{allowedValue: "payment-platform"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.type !== undefined){
if("order.registered.v1" !== data.type){
const err13 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/0/properties/type/const",keyword:"const",params:{allowedValue: "order.registered.v1"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.time !== undefined){
let data5 = data.time;
if(typeof data5 === "string"){
if(!pattern0.test(data5)){
const err14 = {instancePath:instancePath+"/time",schemaPath:"#/oneOf/0/properties/time/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$"+"\""};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/time",schemaPath:"#/oneOf/0/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.data !== undefined){
let data6 = data.data;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.storeId === undefined){
const err16 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/0/properties/data/required",keyword:"required",params:{missingProperty: "storeId"},message:"must have required property '"+"storeId"+"'"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data6.orderNo === undefined){
const err17 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/0/properties/data/required",keyword:"required",params:{missingProperty: "orderNo"},message:"must have required property '"+"orderNo"+"'"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data6.currencyCode === undefined){
const err18 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/0/properties/data/required",keyword:"required",params:{missingProperty: "currencyCode"},message:"must have required property '"+"currencyCode"+"'"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data6.refundMethod === undefined){
const err19 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/0/properties/data/required",keyword:"required",params:{missingProperty: "refundMethod"},message:"must have required property '"+"refundMethod"+"'"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data6.items === undefined){
const err20 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/0/properties/data/required",keyword:"required",params:{missingProperty: "items"},message:"must have required property '"+"items"+"'"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data6.storeId !== undefined){
let data7 = data6.storeId;
if(typeof data7 === "string"){
if(!pattern1.test(data7)){
const err21 = {instancePath:instancePath+"/data/storeId",schemaPath:"#/oneOf/0/properties/data/properties/storeId/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/data/storeId",schemaPath:"#/oneOf/0/properties/data/properties/storeId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data6.orderNo !== undefined){
let data8 = data6.orderNo;
if(typeof data8 === "string"){
if(!pattern1.test(data8)){
const err23 = {instancePath:instancePath+"/data/orderNo",schemaPath:"#/oneOf/0/properties/data/properties/orderNo/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/data/orderNo",schemaPath:"#/oneOf/0/properties/data/properties/orderNo/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data6.currencyCode !== undefined){
let data9 = data6.currencyCode;
if(!((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data9 === "AED") || (data9 === "AFN")) || (data9 === "ALL")) || (data9 === "AMD")) || (data9 === "ANG")) || (data9 === "AOA")) || (data9 === "ARS")) || (data9 === "AUD")) || (data9 === "AWG")) || (data9 === "AZN")) || (data9 === "BAM")) || (data9 === "BBD")) || (data9 === "BDT")) || (data9 === "BGN")) || (data9 === "BHD")) || (data9 === "BIF")) || (data9 === "BMD")) || (data9 === "BND")) || (data9 === "BOB")) || (data9 === "BOV")) || (data9 === "BRL")) || (data9 === "BSD")) || (data9 === "BTN")) || (data9 === "BWP")) || (data9 === "BYN")) || (data9 === "BZD")) || (data9 === "CAD")) || (data9 === "CDF")) || (data9 === "CHE")) || (data9 === "CHF")) || (data9 === "CHW")) || (data9 === "CLF")) || (data9 === "CLP")) || (data9 === "CNY")) || (data9 === "COP")) || (data9 === "COU")) || (data9 === "CRC")) || (data9 === "CUP")) || (data9 === "CVE")) || (data9 === "CZK")) || (data9 === "DJF")) || (data9 === "DKK")) || (data9 === "DOP")) || (data9 === "DZD")) || (data9 === "EGP")) || (data9 === "ERN")) || (data9 === "ETB")) || (data9 === "EUR")) || (data9 === "FJD")) || (data9 === "FKP")) || (data9 === "GBP")) || (data9 === "GEL")) || (data9 === "GHS")) || (data9 === "GIP")) || (data9 === "GMD")) || (data9 === "GNF")) || (data9 === "GTQ")) || (data9 === "GYD")) || (data9 === "HKD")) || (data9 === "HNL")) || (data9 === "HTG")) || (data9 === "HUF")) || (data9 === "IDR")) || (data9 === "ILS")) || (data9 === "INR")) || (data9 === "IQD")) || (data9 === "IRR")) || (data9 === "ISK")) || (data9 === "JMD")) || (data9 === "JOD")) || (data9 === "JPY")) || (data9 === "KES")) || (data9 === "KGS")) || (data9 === "KHR")) || (data9 === "KMF")) || (data9 === "KPW")) || (data9 === "KRW")) || (data9 === "KWD")) || (data9 === "KYD")) || (data9 === "KZT")) || (data9 === "LAK")) || (data9 === "LBP")) || (data9 === "LKR")) || (data9 === "LRD")) || (data9 === "LSL")) || (data9 === "LYD")) || (data9 === "MAD")) || (data9 === "MDL")) || (data9 === "MGA")) || (data9 === "MKD")) || (data9 === "MMK")) || (data9 === "MNT")) || (data9 === "MOP")) || (data9 === "MRU")) || (data9 === "MUR")) || (data9 === "MVR")) || (data9 === "MWK")) || (data9 === "MXN")) || (data9 === "MXV")) || (data9 === "MYR")) || (data9 === "MZN")) || (data9 === "NAD")) || (data9 === "NGN")) || (data9 === "NIO")) || (data9 === "NOK")) || (data9 === "NPR")) || (data9 === "NZD")) || (data9 === "OMR")) || (data9 === "PAB")) || (data9 === "PEN")) || (data9 === "PGK")) || (data9 === "PHP")) || (data9 === "PKR")) || (data9 === "PLN")) || (data9 === "PYG")) || (data9 === "QAR")) || (data9 === "RON")) || (data9 === "RSD")) || (data9 === "RUB")) || (data9 === "RWF")) || (data9 === "SAR")) || (data9 === "SBD")) || (data9 === "SCR")) || (data9 === "SDG")) || (data9 === "SEK")) || (data9 === "SGD")) || (data9 === "SHP")) || (data9 === "SLE")) || (data9 === "SOS")) || (data9 === "SRD")) || (data9 === "SSP")) || (data9 === "STN")) || (data9 === "SVC")) || (data9 === "SYP")) || (data9 === "SZL")) || (data9 === "THB")) || (data9 === "TJS")) || (data9 === "TMT")) || (data9 === "TND")) || (data9 === "TOP")) || (data9 === "TRY")) || (data9 === "TTD")) || (data9 === "TWD")) || (data9 === "TZS")) || (data9 === "UAH")) || (data9 === "UGX")) || (data9 === "USD")) || (data9 === "USN")) || (data9 === "UYI")) || (data9 === "UYU")) || (data9 === "UYW")) || (data9 === "UZS")) || (data9 === "VED")) || (data9 === "VES")) || (data9 === "VND")) || (data9 === "VUV")) || (data9 === "WST")) || (data9 === "XAF")) || (data9 === "XCD")) || (data9 === "XCG")) || (data9 === "XOF")) || (data9 === "XPF")) || (data9 === "YER")) || (data9 === "ZAR")) || (data9 === "ZMW")) || (data9 === "ZWG"))){
const err25 = {instancePath:instancePath+"/data/currencyCode",schemaPath:"#/oneOf/0/properties/data/properties/currencyCode/enum",keyword:"enum",params:{allowedValues: schema11.oneOf[0].properties.data.properties.currencyCode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data6.refundMethod !== undefined){
let data10 = data6.refundMethod;
if(!((data10 === "ORIGINAL") || (data10 === "BANK_ACCOUNT"))){
const err26 = {instancePath:instancePath+"/data/refundMethod",schemaPath:"#/oneOf/0/properties/data/properties/refundMethod/enum",keyword:"enum",params:{allowedValues: schema11.oneOf[0].properties.data.properties.refundMethod.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data6.items !== undefined){
let data11 = data6.items;
if(Array.isArray(data11)){
if(data11.length > 500){
const err27 = {instancePath:instancePath+"/data/items",schemaPath:"#/oneOf/0/properties/data/properties/items/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data11.length < 1){
const err28 = {instancePath:instancePath+"/data/items",schemaPath:"#/oneOf/0/properties/data/properties/items/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
let data12 = data11[i0];
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.seq === undefined){
const err29 = {instancePath:instancePath+"/data/items/" + i0,schemaPath:"#/oneOf/0/properties/data/properties/items/items/required",keyword:"required",params:{missingProperty: "seq"},message:"must have required property '"+"seq"+"'"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data12.itemType === undefined){
const err30 = {instancePath:instancePath+"/data/items/" + i0,schemaPath:"#/oneOf/0/properties/data/properties/items/items/required",keyword:"required",params:{missingProperty: "itemType"},message:"must have required property '"+"itemType"+"'"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data12.itemId === undefined){
const err31 = {instancePath:instancePath+"/data/items/" + i0,schemaPath:"#/oneOf/0/properties/data/properties/items/items/required",keyword:"required",params:{missingProperty: "itemId"},message:"must have required property '"+"itemId"+"'"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(data12.quantity === undefined){
const err32 = {instancePath:instancePath+"/data/items/" + i0,schemaPath:"#/oneOf/0/properties/data/properties/items/items/required",keyword:"required",params:{missingProperty: "quantity"},message:"must have required property '"+"quantity"+"'"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data12.amount === undefined){
const err33 = {instancePath:instancePath+"/data/items/" + i0,schemaPath:"#/oneOf/0/properties/data/properties/items/items/required",keyword:"required",params:{missingProperty: "amount"},message:"must have required property '"+"amount"+"'"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data12.seq !== undefined){
let data13 = data12.seq;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err34 = {instancePath:instancePath+"/data/items/" + i0+"/seq",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 1000000 || isNaN(data13)){
const err35 = {instancePath:instancePath+"/data/items/" + i0+"/seq",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/seq/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data13 < 1 || isNaN(data13)){
const err36 = {instancePath:instancePath+"/data/items/" + i0+"/seq",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
if(data12.itemType !== undefined){
let data14 = data12.itemType;
if(!(((((data14 === "PHYSICAL") || (data14 === "DIGITAL")) || (data14 === "SUBSCRIPTION")) || (data14 === "DELIVERY")) || (data14 === "SERVICE"))){
const err37 = {instancePath:instancePath+"/data/items/" + i0+"/itemType",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/itemType/enum",keyword:"enum",params:{allowedValues: schema11.oneOf[0].properties.data.properties.items.items.properties.itemType.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data12.itemId !== undefined){
let data15 = data12.itemId;
if(typeof data15 === "string"){
if(!pattern1.test(data15)){
const err38 = {instancePath:instancePath+"/data/items/" + i0+"/itemId",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/itemId/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/data/items/" + i0+"/itemId",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/itemId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data12.quantity !== undefined){
let data16 = data12.quantity;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err40 = {instancePath:instancePath+"/data/items/" + i0+"/quantity",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/quantity/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 1000000 || isNaN(data16)){
const err41 = {instancePath:instancePath+"/data/items/" + i0+"/quantity",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/quantity/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if(data16 < 1 || isNaN(data16)){
const err42 = {instancePath:instancePath+"/data/items/" + i0+"/quantity",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/quantity/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
if(data12.amount !== undefined){
let data17 = data12.amount;
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 999999999999999 || isNaN(data17)){
const err43 = {instancePath:instancePath+"/data/items/" + i0+"/amount",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/amount/maximum",keyword:"maximum",params:{comparison: "<=", limit: 999999999999999},message:"must be <= 999999999999999"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(data17 < 0 || isNaN(data17)){
const err44 = {instancePath:instancePath+"/data/items/" + i0+"/amount",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/amount/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
else {
const err45 = {instancePath:instancePath+"/data/items/" + i0+"/amount",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/amount/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data12.taxAmount !== undefined){
let data18 = data12.taxAmount;
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 999999999999999 || isNaN(data18)){
const err46 = {instancePath:instancePath+"/data/items/" + i0+"/taxAmount",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/taxAmount/maximum",keyword:"maximum",params:{comparison: "<=", limit: 999999999999999},message:"must be <= 999999999999999"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(data18 < 0 || isNaN(data18)){
const err47 = {instancePath:instancePath+"/data/items/" + i0+"/taxAmount",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/taxAmount/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
else {
const err48 = {instancePath:instancePath+"/data/items/" + i0+"/taxAmount",schemaPath:"#/oneOf/0/properties/data/properties/items/items/properties/taxAmount/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath:instancePath+"/data/items/" + i0,schemaPath:"#/oneOf/0/properties/data/properties/items/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
else {
const err50 = {instancePath:instancePath+"/data/items",schemaPath:"#/oneOf/0/properties/data/properties/items/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/0/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath,schemaPath:"#/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
else if(tag0 === "payment.authorized.v1"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.specversion === undefined){
const err53 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "specversion"},message:"must have required property '"+"specversion"+"'"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(data.id === undefined){
const err54 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(data.source === undefined){
const err55 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "source"},message:"must have required property '"+"source"+"'"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(data.type === undefined){
const err56 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(data.time === undefined){
const err57 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "time"},message:"must have required property '"+"time"+"'"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if(data.data === undefined){
const err58 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "data"},message:"must have required property '"+"data"+"'"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if(data.specversion !== undefined){
if("1.0" !== data.specversion){
const err59 = {instancePath:instancePath+"/specversion",schemaPath:"#/oneOf/1/properties/specversion/const",keyword:"const",params:{allowedValue: "1.0"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data.id !== undefined){
let data20 = data.id;
if(typeof data20 === "string"){
if(func2(data20) > 256){
const err60 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/1/properties/id/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(func2(data20) < 1){
const err61 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/1/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
else {
const err62 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/1/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data.source !== undefined){
if("payment-platform" !== data.source){
const err63 = {instancePath:instancePath+"/source",schemaPath:"#/oneOf/1/properties/source/const",keyword:"const",params:{allowedValue: "payment-platform"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data.type !== undefined){
if("payment.authorized.v1" !== data.type){
const err64 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/1/properties/type/const",keyword:"const",params:{allowedValue: "payment.authorized.v1"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data.time !== undefined){
let data23 = data.time;
if(typeof data23 === "string"){
if(!pattern0.test(data23)){
const err65 = {instancePath:instancePath+"/time",schemaPath:"#/oneOf/1/properties/time/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$"+"\""};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
else {
const err66 = {instancePath:instancePath+"/time",schemaPath:"#/oneOf/1/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data.data !== undefined){
let data24 = data.data;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
if(data24.storeId === undefined){
const err67 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/1/properties/data/required",keyword:"required",params:{missingProperty: "storeId"},message:"must have required property '"+"storeId"+"'"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if(data24.orderNo === undefined){
const err68 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/1/properties/data/required",keyword:"required",params:{missingProperty: "orderNo"},message:"must have required property '"+"orderNo"+"'"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
if(data24.storeId !== undefined){
let data25 = data24.storeId;
if(typeof data25 === "string"){
if(!pattern1.test(data25)){
const err69 = {instancePath:instancePath+"/data/storeId",schemaPath:"#/oneOf/1/properties/data/properties/storeId/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
else {
const err70 = {instancePath:instancePath+"/data/storeId",schemaPath:"#/oneOf/1/properties/data/properties/storeId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data24.orderNo !== undefined){
let data26 = data24.orderNo;
if(typeof data26 === "string"){
if(!pattern1.test(data26)){
const err71 = {instancePath:instancePath+"/data/orderNo",schemaPath:"#/oneOf/1/properties/data/properties/orderNo/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
else {
const err72 = {instancePath:instancePath+"/data/orderNo",schemaPath:"#/oneOf/1/properties/data/properties/orderNo/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
else {
const err73 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/1/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
else {
const err74 = {instancePath,schemaPath:"#/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
else if(tag0 === "payment.captured.v1"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.specversion === undefined){
const err75 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "specversion"},message:"must have required property '"+"specversion"+"'"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if(data.id === undefined){
const err76 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(data.source === undefined){
const err77 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "source"},message:"must have required property '"+"source"+"'"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(data.type === undefined){
const err78 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
if(data.time === undefined){
const err79 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "time"},message:"must have required property '"+"time"+"'"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
if(data.data === undefined){
const err80 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "data"},message:"must have required property '"+"data"+"'"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
if(data.specversion !== undefined){
if("1.0" !== data.specversion){
const err81 = {instancePath:instancePath+"/specversion",schemaPath:"#/oneOf/2/properties/specversion/const",keyword:"const",params:{allowedValue: "1.0"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data.id !== undefined){
let data28 = data.id;
if(typeof data28 === "string"){
if(func2(data28) > 256){
const err82 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/2/properties/id/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
if(func2(data28) < 1){
const err83 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/2/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
else {
const err84 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/2/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data.source !== undefined){
if("payment-platform" !== data.source){
const err85 = {instancePath:instancePath+"/source",schemaPath:"#/oneOf/2/properties/source/const",keyword:"const",params:{allowedValue: "payment-platform"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data.type !== undefined){
if("payment.captured.v1" !== data.type){
const err86 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/2/properties/type/const",keyword:"const",params:{allowedValue: "payment.captured.v1"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data.time !== undefined){
let data31 = data.time;
if(typeof data31 === "string"){
if(!pattern0.test(data31)){
const err87 = {instancePath:instancePath+"/time",schemaPath:"#/oneOf/2/properties/time/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$"+"\""};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
else {
const err88 = {instancePath:instancePath+"/time",schemaPath:"#/oneOf/2/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data.data !== undefined){
let data32 = data.data;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
if(data32.storeId === undefined){
const err89 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/2/properties/data/required",keyword:"required",params:{missingProperty: "storeId"},message:"must have required property '"+"storeId"+"'"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
if(data32.orderNo === undefined){
const err90 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/2/properties/data/required",keyword:"required",params:{missingProperty: "orderNo"},message:"must have required property '"+"orderNo"+"'"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(data32.currencyCode === undefined){
const err91 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/2/properties/data/required",keyword:"required",params:{missingProperty: "currencyCode"},message:"must have required property '"+"currencyCode"+"'"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
if(data32.amount === undefined){
const err92 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/2/properties/data/required",keyword:"required",params:{missingProperty: "amount"},message:"must have required property '"+"amount"+"'"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
if(data32.storeId !== undefined){
let data33 = data32.storeId;
if(typeof data33 === "string"){
if(!pattern1.test(data33)){
const err93 = {instancePath:instancePath+"/data/storeId",schemaPath:"#/oneOf/2/properties/data/properties/storeId/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
else {
const err94 = {instancePath:instancePath+"/data/storeId",schemaPath:"#/oneOf/2/properties/data/properties/storeId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data32.orderNo !== undefined){
let data34 = data32.orderNo;
if(typeof data34 === "string"){
if(!pattern1.test(data34)){
const err95 = {instancePath:instancePath+"/data/orderNo",schemaPath:"#/oneOf/2/properties/data/properties/orderNo/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
else {
const err96 = {instancePath:instancePath+"/data/orderNo",schemaPath:"#/oneOf/2/properties/data/properties/orderNo/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
if(data32.currencyCode !== undefined){
let data35 = data32.currencyCode;
if(!((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data35 === "AED") || (data35 === "AFN")) || (data35 === "ALL")) || (data35 === "AMD")) || (data35 === "ANG")) || (data35 === "AOA")) || (data35 === "ARS")) || (data35 === "AUD")) || (data35 === "AWG")) || (data35 === "AZN")) || (data35 === "BAM")) || (data35 === "BBD")) || (data35 === "BDT")) || (data35 === "BGN")) || (data35 === "BHD")) || (data35 === "BIF")) || (data35 === "BMD")) || (data35 === "BND")) || (data35 === "BOB")) || (data35 === "BOV")) || (data35 === "BRL")) || (data35 === "BSD")) || (data35 === "BTN")) || (data35 === "BWP")) || (data35 === "BYN")) || (data35 === "BZD")) || (data35 === "CAD")) || (data35 === "CDF")) || (data35 === "CHE")) || (data35 === "CHF")) || (data35 === "CHW")) || (data35 === "CLF")) || (data35 === "CLP")) || (data35 === "CNY")) || (data35 === "COP")) || (data35 === "COU")) || (data35 === "CRC")) || (data35 === "CUP")) || (data35 === "CVE")) || (data35 === "CZK")) || (data35 === "DJF")) || (data35 === "DKK")) || (data35 === "DOP")) || (data35 === "DZD")) || (data35 === "EGP")) || (data35 === "ERN")) || (data35 === "ETB")) || (data35 === "EUR")) || (data35 === "FJD")) || (data35 === "FKP")) || (data35 === "GBP")) || (data35 === "GEL")) || (data35 === "GHS")) || (data35 === "GIP")) || (data35 === "GMD")) || (data35 === "GNF")) || (data35 === "GTQ")) || (data35 === "GYD")) || (data35 === "HKD")) || (data35 === "HNL")) || (data35 === "HTG")) || (data35 === "HUF")) || (data35 === "IDR")) || (data35 === "ILS")) || (data35 === "INR")) || (data35 === "IQD")) || (data35 === "IRR")) || (data35 === "ISK")) || (data35 === "JMD")) || (data35 === "JOD")) || (data35 === "JPY")) || (data35 === "KES")) || (data35 === "KGS")) || (data35 === "KHR")) || (data35 === "KMF")) || (data35 === "KPW")) || (data35 === "KRW")) || (data35 === "KWD")) || (data35 === "KYD")) || (data35 === "KZT")) || (data35 === "LAK")) || (data35 === "LBP")) || (data35 === "LKR")) || (data35 === "LRD")) || (data35 === "LSL")) || (data35 === "LYD")) || (data35 === "MAD")) || (data35 === "MDL")) || (data35 === "MGA")) || (data35 === "MKD")) || (data35 === "MMK")) || (data35 === "MNT")) || (data35 === "MOP")) || (data35 === "MRU")) || (data35 === "MUR")) || (data35 === "MVR")) || (data35 === "MWK")) || (data35 === "MXN")) || (data35 === "MXV")) || (data35 === "MYR")) || (data35 === "MZN")) || (data35 === "NAD")) || (data35 === "NGN")) || (data35 === "NIO")) || (data35 === "NOK")) || (data35 === "NPR")) || (data35 === "NZD")) || (data35 === "OMR")) || (data35 === "PAB")) || (data35 === "PEN")) || (data35 === "PGK")) || (data35 === "PHP")) || (data35 === "PKR")) || (data35 === "PLN")) || (data35 === "PYG")) || (data35 === "QAR")) || (data35 === "RON")) || (data35 === "RSD")) || (data35 === "RUB")) || (data35 === "RWF")) || (data35 === "SAR")) || (data35 === "SBD")) || (data35 === "SCR")) || (data35 === "SDG")) || (data35 === "SEK")) || (data35 === "SGD")) || (data35 === "SHP")) || (data35 === "SLE")) || (data35 === "SOS")) || (data35 === "SRD")) || (data35 === "SSP")) || (data35 === "STN")) || (data35 === "SVC")) || (data35 === "SYP")) || (data35 === "SZL")) || (data35 === "THB")) || (data35 === "TJS")) || (data35 === "TMT")) || (data35 === "TND")) || (data35 === "TOP")) || (data35 === "TRY")) || (data35 === "TTD")) || (data35 === "TWD")) || (data35 === "TZS")) || (data35 === "UAH")) || (data35 === "UGX")) || (data35 === "USD")) || (data35 === "USN")) || (data35 === "UYI")) || (data35 === "UYU")) || (data35 === "UYW")) || (data35 === "UZS")) || (data35 === "VED")) || (data35 === "VES")) || (data35 === "VND")) || (data35 === "VUV")) || (data35 === "WST")) || (data35 === "XAF")) || (data35 === "XCD")) || (data35 === "XCG")) || (data35 === "XOF")) || (data35 === "XPF")) || (data35 === "YER")) || (data35 === "ZAR")) || (data35 === "ZMW")) || (data35 === "ZWG"))){
const err97 = {instancePath:instancePath+"/data/currencyCode",schemaPath:"#/oneOf/2/properties/data/properties/currencyCode/enum",keyword:"enum",params:{allowedValues: schema11.oneOf[2].properties.data.properties.currencyCode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data32.amount !== undefined){
let data36 = data32.amount;
if((typeof data36 == "number") && (isFinite(data36))){
if(data36 > 999999999999999 || isNaN(data36)){
const err98 = {instancePath:instancePath+"/data/amount",schemaPath:"#/oneOf/2/properties/data/properties/amount/maximum",keyword:"maximum",params:{comparison: "<=", limit: 999999999999999},message:"must be <= 999999999999999"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
if(data36 < 0 || isNaN(data36)){
const err99 = {instancePath:instancePath+"/data/amount",schemaPath:"#/oneOf/2/properties/data/properties/amount/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
else {
const err100 = {instancePath:instancePath+"/data/amount",schemaPath:"#/oneOf/2/properties/data/properties/amount/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data32.order !== undefined){
let data37 = data32.order;
if(data37 && typeof data37 == "object" && !Array.isArray(data37)){
if(data37.refundMethod === undefined){
const err101 = {instancePath:instancePath+"/data/order",schemaPath:"#/oneOf/2/properties/data/properties/order/required",keyword:"required",params:{missingProperty: "refundMethod"},message:"must have required property '"+"refundMethod"+"'"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
if(data37.items === undefined){
const err102 = {instancePath:instancePath+"/data/order",schemaPath:"#/oneOf/2/properties/data/properties/order/required",keyword:"required",params:{missingProperty: "items"},message:"must have required property '"+"items"+"'"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
if(data37.refundMethod !== undefined){
let data38 = data37.refundMethod;
if(!((data38 === "ORIGINAL") || (data38 === "BANK_ACCOUNT"))){
const err103 = {instancePath:instancePath+"/data/order/refundMethod",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/refundMethod/enum",keyword:"enum",params:{allowedValues: schema11.oneOf[2].properties.data.properties.order.properties.refundMethod.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data37.items !== undefined){
let data39 = data37.items;
if(Array.isArray(data39)){
if(data39.length > 500){
const err104 = {instancePath:instancePath+"/data/order/items",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
if(data39.length < 1){
const err105 = {instancePath:instancePath+"/data/order/items",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
const len1 = data39.length;
for(let i1=0; i1<len1; i1++){
let data40 = data39[i1];
if(data40 && typeof data40 == "object" && !Array.isArray(data40)){
if(data40.seq === undefined){
const err106 = {instancePath:instancePath+"/data/order/items/" + i1,schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/required",keyword:"required",params:{missingProperty: "seq"},message:"must have required property '"+"seq"+"'"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
if(data40.itemType === undefined){
const err107 = {instancePath:instancePath+"/data/order/items/" + i1,schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/required",keyword:"required",params:{missingProperty: "itemType"},message:"must have required property '"+"itemType"+"'"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
if(data40.itemId === undefined){
const err108 = {instancePath:instancePath+"/data/order/items/" + i1,schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/required",keyword:"required",params:{missingProperty: "itemId"},message:"must have required property '"+"itemId"+"'"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
if(data40.quantity === undefined){
const err109 = {instancePath:instancePath+"/data/order/items/" + i1,schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/required",keyword:"required",params:{missingProperty: "quantity"},message:"must have required property '"+"quantity"+"'"};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
if(data40.amount === undefined){
const err110 = {instancePath:instancePath+"/data/order/items/" + i1,schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/required",keyword:"required",params:{missingProperty: "amount"},message:"must have required property '"+"amount"+"'"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
if(data40.seq !== undefined){
let data41 = data40.seq;
if(!(((typeof data41 == "number") && (!(data41 % 1) && !isNaN(data41))) && (isFinite(data41)))){
const err111 = {instancePath:instancePath+"/data/order/items/" + i1+"/seq",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
if((typeof data41 == "number") && (isFinite(data41))){
if(data41 > 1000000 || isNaN(data41)){
const err112 = {instancePath:instancePath+"/data/order/items/" + i1+"/seq",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/seq/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
if(data41 < 1 || isNaN(data41)){
const err113 = {instancePath:instancePath+"/data/order/items/" + i1+"/seq",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
}
if(data40.itemType !== undefined){
let data42 = data40.itemType;
if(!(((((data42 === "PHYSICAL") || (data42 === "DIGITAL")) || (data42 === "SUBSCRIPTION")) || (data42 === "DELIVERY")) || (data42 === "SERVICE"))){
const err114 = {instancePath:instancePath+"/data/order/items/" + i1+"/itemType",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/itemType/enum",keyword:"enum",params:{allowedValues: schema11.oneOf[2].properties.data.properties.order.properties.items.items.properties.itemType.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
if(data40.itemId !== undefined){
let data43 = data40.itemId;
if(typeof data43 === "string"){
if(!pattern1.test(data43)){
const err115 = {instancePath:instancePath+"/data/order/items/" + i1+"/itemId",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/itemId/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
else {
const err116 = {instancePath:instancePath+"/data/order/items/" + i1+"/itemId",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/itemId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data40.quantity !== undefined){
let data44 = data40.quantity;
if(!(((typeof data44 == "number") && (!(data44 % 1) && !isNaN(data44))) && (isFinite(data44)))){
const err117 = {instancePath:instancePath+"/data/order/items/" + i1+"/quantity",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/quantity/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
if((typeof data44 == "number") && (isFinite(data44))){
if(data44 > 1000000 || isNaN(data44)){
const err118 = {instancePath:instancePath+"/data/order/items/" + i1+"/quantity",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/quantity/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
if(data44 < 1 || isNaN(data44)){
const err119 = {instancePath:instancePath+"/data/order/items/" + i1+"/quantity",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/quantity/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
}
if(data40.amount !== undefined){
let data45 = data40.amount;
if((typeof data45 == "number") && (isFinite(data45))){
if(data45 > 999999999999999 || isNaN(data45)){
const err120 = {instancePath:instancePath+"/data/order/items/" + i1+"/amount",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/amount/maximum",keyword:"maximum",params:{comparison: "<=", limit: 999999999999999},message:"must be <= 999999999999999"};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
if(data45 < 0 || isNaN(data45)){
const err121 = {instancePath:instancePath+"/data/order/items/" + i1+"/amount",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/amount/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
else {
const err122 = {instancePath:instancePath+"/data/order/items/" + i1+"/amount",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/amount/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data40.taxAmount !== undefined){
let data46 = data40.taxAmount;
if((typeof data46 == "number") && (isFinite(data46))){
if(data46 > 999999999999999 || isNaN(data46)){
const err123 = {instancePath:instancePath+"/data/order/items/" + i1+"/taxAmount",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/taxAmount/maximum",keyword:"maximum",params:{comparison: "<=", limit: 999999999999999},message:"must be <= 999999999999999"};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
if(data46 < 0 || isNaN(data46)){
const err124 = {instancePath:instancePath+"/data/order/items/" + i1+"/taxAmount",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/taxAmount/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
else {
const err125 = {instancePath:instancePath+"/data/order/items/" + i1+"/taxAmount",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/properties/taxAmount/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
}
else {
const err126 = {instancePath:instancePath+"/data/order/items/" + i1,schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
}
else {
const err127 = {instancePath:instancePath+"/data/order/items",schemaPath:"#/oneOf/2/properties/data/properties/order/properties/items/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
}
else {
const err128 = {instancePath:instancePath+"/data/order",schemaPath:"#/oneOf/2/properties/data/properties/order/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
}
else {
const err129 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/2/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
}
else {
const err130 = {instancePath,schemaPath:"#/oneOf/2/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
else if(tag0 === "payment.failed.v1"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.specversion === undefined){
const err131 = {instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: "specversion"},message:"must have required property '"+"specversion"+"'"};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
if(data.id === undefined){
const err132 = {instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
if(data.source === undefined){
const err133 = {instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: "source"},message:"must have required property '"+"source"+"'"};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
if(data.type === undefined){
const err134 = {instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
if(data.time === undefined){
const err135 = {instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: "time"},message:"must have required property '"+"time"+"'"};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
if(data.data === undefined){
const err136 = {instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: "data"},message:"must have required property '"+"data"+"'"};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
if(data.specversion !== undefined){
if("1.0" !== data.specversion){
const err137 = {instancePath:instancePath+"/specversion",schemaPath:"#/oneOf/3/properties/specversion/const",keyword:"const",params:{allowedValue: "1.0"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
if(data.id !== undefined){
let data48 = data.id;
if(typeof data48 === "string"){
if(func2(data48) > 256){
const err138 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/3/properties/id/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
if(func2(data48) < 1){
const err139 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/3/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
else {
const err140 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/3/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
if(data.source !== undefined){
if("payment-platform" !== data.source){
const err141 = {instancePath:instancePath+"/source",schemaPath:"#/oneOf/3/properties/source/const",keyword:"const",params:{allowedValue: "payment-platform"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
if(data.type !== undefined){
if("payment.failed.v1" !== data.type){
const err142 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/3/properties/type/const",keyword:"const",params:{allowedValue: "payment.failed.v1"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
if(data.time !== undefined){
let data51 = data.time;
if(typeof data51 === "string"){
if(!pattern0.test(data51)){
const err143 = {instancePath:instancePath+"/time",schemaPath:"#/oneOf/3/properties/time/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$"+"\""};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
else {
const err144 = {instancePath:instancePath+"/time",schemaPath:"#/oneOf/3/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
if(data.data !== undefined){
let data52 = data.data;
if(data52 && typeof data52 == "object" && !Array.isArray(data52)){
if(data52.storeId === undefined){
const err145 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/3/properties/data/required",keyword:"required",params:{missingProperty: "storeId"},message:"must have required property '"+"storeId"+"'"};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
if(data52.orderNo === undefined){
const err146 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/3/properties/data/required",keyword:"required",params:{missingProperty: "orderNo"},message:"must have required property '"+"orderNo"+"'"};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
if(data52.storeId !== undefined){
let data53 = data52.storeId;
if(typeof data53 === "string"){
if(!pattern1.test(data53)){
const err147 = {instancePath:instancePath+"/data/storeId",schemaPath:"#/oneOf/3/properties/data/properties/storeId/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
else {
const err148 = {instancePath:instancePath+"/data/storeId",schemaPath:"#/oneOf/3/properties/data/properties/storeId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
}
if(data52.orderNo !== undefined){
let data54 = data52.orderNo;
if(typeof data54 === "string"){
if(!pattern1.test(data54)){
const err149 = {instancePath:instancePath+"/data/orderNo",schemaPath:"#/oneOf/3/properties/data/properties/orderNo/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
else {
const err150 = {instancePath:instancePath+"/data/orderNo",schemaPath:"#/oneOf/3/properties/data/properties/orderNo/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
}
}
else {
const err151 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/3/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
}
else {
const err152 = {instancePath,schemaPath:"#/oneOf/3/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
else if(tag0 === "payment.refunded_elsewhere.v1"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.specversion === undefined){
const err153 = {instancePath,schemaPath:"#/oneOf/4/required",keyword:"required",params:{missingProperty: "specversion"},message:"must have required property '"+"specversion"+"'"};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
if(data.id === undefined){
const err154 = {instancePath,schemaPath:"#/oneOf/4/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
if(data.source === undefined){
const err155 = {instancePath,schemaPath:"#/oneOf/4/required",keyword:"required",params:{missingProperty: "source"},message:"must have required property '"+"source"+"'"};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
if(data.type === undefined){
const err156 = {instancePath,schemaPath:"#/oneOf/4/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
if(data.time === undefined){
const err157 = {instancePath,schemaPath:"#/oneOf/4/required",keyword:"required",params:{missingProperty: "time"},message:"must have required property '"+"time"+"'"};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
if(data.data === undefined){
const err158 = {instancePath,schemaPath:"#/oneOf/4/required",keyword:"required",params:{missingProperty: "data"},message:"must have required property '"+"data"+"'"};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
if(data.specversion !== undefined){
if("1.0" !== data.specversion){
const err159 = {instancePath:instancePath+"/specversion",schemaPath:"#/oneOf/4/properties/specversion/const",keyword:"const",params:{allowedValue: "1.0"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
if(data.id !== undefined){
let data56 = data.id;
if(typeof data56 === "string"){
if(!pattern14.test(data56)){
const err160 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/4/properties/id/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._:-]{1,128}$"},message:"must match pattern \""+"^[A-Za-z0-9._:-]{1,128}$"+"\""};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
else {
const err161 = {instancePath:instancePath+"/id",schemaPath:"#/oneOf/4/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
if(data.source !== undefined){
if("payment-platform" !== data.source){
const err162 = {instancePath:instancePath+"/source",schemaPath:"#/oneOf/4/properties/source/const",keyword:"const",params:{allowedValue: "payment-platform"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
}
if(data.type !== undefined){
if("payment.refunded_elsewhere.v1" !== data.type){
const err163 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/4/properties/type/const",keyword:"const",params:{allowedValue: "payment.refunded_elsewhere.v1"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
}
if(data.time !== undefined){
let data59 = data.time;
if(typeof data59 === "string"){
if(!pattern0.test(data59)){
const err164 = {instancePath:instancePath+"/time",schemaPath:"#/oneOf/4/properties/time/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$"+"\""};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
else {
const err165 = {instancePath:instancePath+"/time",schemaPath:"#/oneOf/4/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
if(data.data !== undefined){
let data60 = data.data;
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
if(data60.storeId === undefined){
const err166 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/4/properties/data/required",keyword:"required",params:{missingProperty: "storeId"},message:"must have required property '"+"storeId"+"'"};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
if(data60.orderNo === undefined){
const err167 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/4/properties/data/required",keyword:"required",params:{missingProperty: "orderNo"},message:"must have required property '"+"orderNo"+"'"};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
if(data60.currencyCode === undefined){
const err168 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/4/properties/data/required",keyword:"required",params:{missingProperty: "currencyCode"},message:"must have required property '"+"currencyCode"+"'"};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
if(data60.reason === undefined){
const err169 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/4/properties/data/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
if(data60.items === undefined){
const err170 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/4/properties/data/required",keyword:"required",params:{missingProperty: "items"},message:"must have required property '"+"items"+"'"};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
if(data60.storeId !== undefined){
let data61 = data60.storeId;
if(typeof data61 === "string"){
if(!pattern1.test(data61)){
const err171 = {instancePath:instancePath+"/data/storeId",schemaPath:"#/oneOf/4/properties/data/properties/storeId/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
}
else {
const err172 = {instancePath:instancePath+"/data/storeId",schemaPath:"#/oneOf/4/properties/data/properties/storeId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
}
if(data60.orderNo !== undefined){
let data62 = data60.orderNo;
if(typeof data62 === "string"){
if(!pattern1.test(data62)){
const err173 = {instancePath:instancePath+"/data/orderNo",schemaPath:"#/oneOf/4/properties/data/properties/orderNo/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
}
else {
const err174 = {instancePath:instancePath+"/data/orderNo",schemaPath:"#/oneOf/4/properties/data/properties/orderNo/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
}
if(data60.currencyCode !== undefined){
let data63 = data60.currencyCode;
if(!((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data63 === "AED") || (data63 === "AFN")) || (data63 === "ALL")) || (data63 === "AMD")) || (data63 === "ANG")) || (data63 === "AOA")) || (data63 === "ARS")) || (data63 === "AUD")) || (data63 === "AWG")) || (data63 === "AZN")) || (data63 === "BAM")) || (data63 === "BBD")) || (data63 === "BDT")) || (data63 === "BGN")) || (data63 === "BHD")) || (data63 === "BIF")) || (data63 === "BMD")) || (data63 === "BND")) || (data63 === "BOB")) || (data63 === "BOV")) || (data63 === "BRL")) || (data63 === "BSD")) || (data63 === "BTN")) || (data63 === "BWP")) || (data63 === "BYN")) || (data63 === "BZD")) || (data63 === "CAD")) || (data63 === "CDF")) || (data63 === "CHE")) || (data63 === "CHF")) || (data63 === "CHW")) || (data63 === "CLF")) || (data63 === "CLP")) || (data63 === "CNY")) || (data63 === "COP")) || (data63 === "COU")) || (data63 === "CRC")) || (data63 === "CUP")) || (data63 === "CVE")) || (data63 === "CZK")) || (data63 === "DJF")) || (data63 === "DKK")) || (data63 === "DOP")) || (data63 === "DZD")) || (data63 === "EGP")) || (data63 === "ERN")) || (data63 === "ETB")) || (data63 === "EUR")) || (data63 === "FJD")) || (data63 === "FKP")) || (data63 === "GBP")) || (data63 === "GEL")) || (data63 === "GHS")) || (data63 === "GIP")) || (data63 === "GMD")) || (data63 === "GNF")) || (data63 === "GTQ")) || (data63 === "GYD")) || (data63 === "HKD")) || (data63 === "HNL")) || (data63 === "HTG")) || (data63 === "HUF")) || (data63 === "IDR")) || (data63 === "ILS")) || (data63 === "INR")) || (data63 === "IQD")) || (data63 === "IRR")) || (data63 === "ISK")) || (data63 === "JMD")) || (data63 === "JOD")) || (data63 === "JPY")) || (data63 === "KES")) || (data63 === "KGS")) || (data63 === "KHR")) || (data63 === "KMF")) || (data63 === "KPW")) || (data63 === "KRW")) || (data63 === "KWD")) || (data63 === "KYD")) || (data63 === "KZT")) || (data63 === "LAK")) || (data63 === "LBP")) || (data63 === "LKR")) || (data63 === "LRD")) || (data63 === "LSL")) || (data63 === "LYD")) || (data63 === "MAD")) || (data63 === "MDL")) || (data63 === "MGA")) || (data63 === "MKD")) || (data63 === "MMK")) || (data63 === "MNT")) || (data63 === "MOP")) || (data63 === "MRU")) || (data63 === "MUR")) || (data63 === "MVR")) || (data63 === "MWK")) || (data63 === "MXN")) || (data63 === "MXV")) || (data63 === "MYR")) || (data63 === "MZN")) || (data63 === "NAD")) || (data63 === "NGN")) || (data63 === "NIO")) || (data63 === "NOK")) || (data63 === "NPR")) || (data63 === "NZD")) || (data63 === "OMR")) || (data63 === "PAB")) || (data63 === "PEN")) || (data63 === "PGK")) || (data63 === "PHP")) || (data63 === "PKR")) || (data63 === "PLN")) || (data63 === "PYG")) || (data63 === "QAR")) || (data63 === "RON")) || (data63 === "RSD")) || (data63 === "RUB")) || (data63 === "RWF")) || (data63 === "SAR")) || (data63 === "SBD")) || (data63 === "SCR")) || (data63 === "SDG")) || (data63 === "SEK")) || (data63 === "SGD")) || (data63 === "SHP")) || (data63 === "SLE")) || (data63 === "SOS")) || (data63 === "SRD")) || (data63 === "SSP")) || (data63 === "STN")) || (data63 === "SVC")) || (data63 === "SYP")) || (data63 === "SZL")) || (data63 === "THB")) || (data63 === "TJS")) || (data63 === "TMT")) || (data63 === "TND")) || (data63 === "TOP")) || (data63 === "TRY")) || (data63 === "TTD")) || (data63 === "TWD")) || (data63 === "TZS")) || (data63 === "UAH")) || (data63 === "UGX")) || (data63 === "USD")) || (data63 === "USN")) || (data63 === "UYI")) || (data63 === "UYU")) || (data63 === "UYW")) || (data63 === "UZS")) || (data63 === "VED")) || (data63 === "VES")) || (data63 === "VND")) || (data63 === "VUV")) || (data63 === "WST")) || (data63 === "XAF")) || (data63 === "XCD")) || (data63 === "XCG")) || (data63 === "XOF")) || (data63 === "XPF")) || (data63 === "YER")) || (data63 === "ZAR")) || (data63 === "ZMW")) || (data63 === "ZWG"))){
const err175 = {instancePath:instancePath+"/data/currencyCode",schemaPath:"#/oneOf/4/properties/data/properties/currencyCode/enum",keyword:"enum",params:{allowedValues: schema11.oneOf[4].properties.data.properties.currencyCode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
}
if(data60.reason !== undefined){
let data64 = data60.reason;
if(!((data64 === "REFUND") || (data64 === "CHARGEBACK"))){
const err176 = {instancePath:instancePath+"/data/reason",schemaPath:"#/oneOf/4/properties/data/properties/reason/enum",keyword:"enum",params:{allowedValues: schema11.oneOf[4].properties.data.properties.reason.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
}
if(data60.items !== undefined){
let data65 = data60.items;
if(Array.isArray(data65)){
if(data65.length > 100){
const err177 = {instancePath:instancePath+"/data/items",schemaPath:"#/oneOf/4/properties/data/properties/items/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
if(data65.length < 1){
const err178 = {instancePath:instancePath+"/data/items",schemaPath:"#/oneOf/4/properties/data/properties/items/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
const len2 = data65.length;
for(let i2=0; i2<len2; i2++){
let data66 = data65[i2];
if(data66 && typeof data66 == "object" && !Array.isArray(data66)){
if(data66.seq === undefined){
const err179 = {instancePath:instancePath+"/data/items/" + i2,schemaPath:"#/oneOf/4/properties/data/properties/items/items/required",keyword:"required",params:{missingProperty: "seq"},message:"must have required property '"+"seq"+"'"};
if(vErrors === null){
vErrors = [err179];
}
else {
vErrors.push(err179);
}
errors++;
}
if(data66.quantity === undefined){
const err180 = {instancePath:instancePath+"/data/items/" + i2,schemaPath:"#/oneOf/4/properties/data/properties/items/items/required",keyword:"required",params:{missingProperty: "quantity"},message:"must have required property '"+"quantity"+"'"};
if(vErrors === null){
vErrors = [err180];
}
else {
vErrors.push(err180);
}
errors++;
}
if(data66.amount === undefined){
const err181 = {instancePath:instancePath+"/data/items/" + i2,schemaPath:"#/oneOf/4/properties/data/properties/items/items/required",keyword:"required",params:{missingProperty: "amount"},message:"must have required property '"+"amount"+"'"};
if(vErrors === null){
vErrors = [err181];
}
else {
vErrors.push(err181);
}
errors++;
}
if(data66.seq !== undefined){
let data67 = data66.seq;
if(!(((typeof data67 == "number") && (!(data67 % 1) && !isNaN(data67))) && (isFinite(data67)))){
const err182 = {instancePath:instancePath+"/data/items/" + i2+"/seq",schemaPath:"#/oneOf/4/properties/data/properties/items/items/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err182];
}
else {
vErrors.push(err182);
}
errors++;
}
if((typeof data67 == "number") && (isFinite(data67))){
if(data67 > 1000000 || isNaN(data67)){
const err183 = {instancePath:instancePath+"/data/items/" + i2+"/seq",schemaPath:"#/oneOf/4/properties/data/properties/items/items/properties/seq/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err183];
}
else {
vErrors.push(err183);
}
errors++;
}
if(data67 < 1 || isNaN(data67)){
const err184 = {instancePath:instancePath+"/data/items/" + i2+"/seq",schemaPath:"#/oneOf/4/properties/data/properties/items/items/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err184];
}
else {
vErrors.push(err184);
}
errors++;
}
}
}
if(data66.quantity !== undefined){
let data68 = data66.quantity;
if(!(((typeof data68 == "number") && (!(data68 % 1) && !isNaN(data68))) && (isFinite(data68)))){
const err185 = {instancePath:instancePath+"/data/items/" + i2+"/quantity",schemaPath:"#/oneOf/4/properties/data/properties/items/items/properties/quantity/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err185];
}
else {
vErrors.push(err185);
}
errors++;
}
if((typeof data68 == "number") && (isFinite(data68))){
if(data68 > 1000000 || isNaN(data68)){
const err186 = {instancePath:instancePath+"/data/items/" + i2+"/quantity",schemaPath:"#/oneOf/4/properties/data/properties/items/items/properties/quantity/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err186];
}
else {
vErrors.push(err186);
}
errors++;
}
if(data68 < 1 || isNaN(data68)){
const err187 = {instancePath:instancePath+"/data/items/" + i2+"/quantity",schemaPath:"#/oneOf/4/properties/data/properties/items/items/properties/quantity/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err187];
}
else {
vErrors.push(err187);
}
errors++;
}
}
}
if(data66.amount !== undefined){
let data69 = data66.amount;
if((typeof data69 == "number") && (isFinite(data69))){
if(data69 > 999999999999999 || isNaN(data69)){
const err188 = {instancePath:instancePath+"/data/items/" + i2+"/amount",schemaPath:"#/oneOf/4/properties/data/properties/items/items/properties/amount/maximum",keyword:"maximum",params:{comparison: "<=", limit: 999999999999999},message:"must be <= 999999999999999"};
if(vErrors === null){
vErrors = [err188];
}
else {
vErrors.push(err188);
}
errors++;
}
if(data69 < 0 || isNaN(data69)){
const err189 = {instancePath:instancePath+"/data/items/" + i2+"/amount",schemaPath:"#/oneOf/4/properties/data/properties/items/items/properties/amount/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err189];
}
else {
vErrors.push(err189);
}
errors++;
}
}
else {
const err190 = {instancePath:instancePath+"/data/items/" + i2+"/amount",schemaPath:"#/oneOf/4/properties/data/properties/items/items/properties/amount/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err190];
}
else {
vErrors.push(err190);
}
errors++;
}
}
}
else {
const err191 = {instancePath:instancePath+"/data/items/" + i2,schemaPath:"#/oneOf/4/properties/data/properties/items/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err191];
}
else {
vErrors.push(err191);
}
errors++;
}
}
}
else {
const err192 = {instancePath:instancePath+"/data/items",schemaPath:"#/oneOf/4/properties/data/properties/items/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err192];
}
else {
vErrors.push(err192);
}
errors++;
}
}
}
else {
const err193 = {instancePath:instancePath+"/data",schemaPath:"#/oneOf/4/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err193];
}
else {
vErrors.push(err193);
}
errors++;
}
}
}
else {
const err194 = {instancePath,schemaPath:"#/oneOf/4/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err194];
}
else {
vErrors.push(err194);
}
errors++;
}
}
else {
const err195 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0},message:"value of tag \"type\" must be in oneOf"};
if(vErrors === null){
vErrors = [err195];
}
else {
vErrors.push(err195);
}
errors++;
}
}
else {
const err196 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0},message:"tag \"type\" must be string"};
if(vErrors === null){
vErrors = [err196];
}
else {
vErrors.push(err196);
}
errors++;
}
}
else {
const err197 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err197];
}
else {
vErrors.push(err197);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

